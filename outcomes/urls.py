from django.urls import path

from outcomes.views import atlas, dashboard, loading, plan, spine

# The page that loads a strategy file stands before the strategies: its address would otherwise be one of theirs.
urlpatterns = [
    path("<slug:partnership>/strategies/load/", loading.strategy_load, name="strategy-load"),
    path("<slug:partnership>/strategies/<slug:strategy>/", plan.strategy, name="strategy"),
    path("<slug:partnership>/strategies/<slug:strategy>/file.yaml", loading.strategy_file, name="strategy-file"),
    path("<slug:partnership>/strategies/<slug:strategy>/glossary/", plan.glossary, name="glossary"),
    path("<slug:partnership>/strategies/<slug:strategy>/documents/", plan.document_list, name="documents"),
    path("<slug:partnership>/strategies/<slug:strategy>/documents/new/", plan.document_new, name="document-new"),
    path("<slug:partnership>/strategies/<slug:strategy>/targets/", plan.target_list, name="targets"),
    path("<slug:partnership>/strategies/<slug:strategy>/targets/<slug:measure>/", plan.target, name="target"),
    path("<slug:partnership>/dashboard/<str:area>/", dashboard.dashboard, name="dashboard"),
    path("<slug:partnership>/dashboard/<str:area>/values.csv", dashboard.dashboard_values, name="dashboard-values"),
    path("<slug:partnership>/spine/<str:area>/", spine.spine, name="spine"),
    path("<slug:partnership>/matrix/", dashboard.matrix, name="matrix"),
    path("<slug:partnership>/map/", atlas.map_of_areas, name="map"),
    path("<slug:partnership>/scatter/", atlas.scatter, name="scatter"),
]
