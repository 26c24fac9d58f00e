from django.urls import path

from indicators.views import hidden, history, layouts, mapping, methods, pages, runs, templates, uploads

# What belongs to no partnership stands first: its address would otherwise be that of one.
urlpatterns = [
    path("method/", methods.method, name="method"),
    path("indicators/", pages.catalogue, name="catalogue"),
    path("indicators/<slug:indicator>/", pages.indicator_definition, name="indicator-definition"),
    path("<slug:partnership>/indicators/<slug:indicator>/", pages.indicator, name="indicator"),
    path("<slug:partnership>/indicators/<slug:indicator>/history/", history.history, name="history"),
    path("<slug:partnership>/indicators/<slug:indicator>/values.csv", pages.indicator_values, name="indicator-values"),
    path("<slug:partnership>/hidden/", hidden.hidden_log, name="hidden-log"),
    path("<slug:partnership>/hidden/show/", hidden.hidden_show, name="hidden-show"),
    path("<slug:partnership>/uploads/", uploads.upload_list, name="uploads"),
    path("<slug:partnership>/uploads/new/", uploads.upload_new, name="upload-new"),
    path("<slug:partnership>/uploads/template/", templates.upload_template, name="upload-template"),
    path("<slug:partnership>/uploads/template.xlsx", templates.upload_template_file, name="upload-template-file"),
    path("<slug:partnership>/uploads/<int:upload>/", uploads.upload_review, name="upload"),
    path("<slug:partnership>/uploads/layouts/", layouts.layout_list, name="layouts"),
    path("<slug:partnership>/uploads/layouts/<int:layout>/", layouts.layout_edit, name="layout"),
    path("<slug:partnership>/uploads/<int:upload>/mapping/", mapping.upload_mapping, name="upload-mapping"),
    path("<slug:partnership>/uploads/<int:upload>/progress/", runs.upload_progress, name="upload-progress"),
    path("<slug:partnership>/uploads/<int:upload>/cancel/", runs.upload_cancel, name="upload-cancel"),
    path("<slug:partnership>/uploads/<int:upload>/again/", runs.upload_again, name="upload-again"),
    path("<slug:partnership>/uploads/<int:upload>/publish/", uploads.upload_publish, name="upload-publish"),
    path("<slug:partnership>/uploads/<int:upload>/discard/", uploads.upload_discard, name="upload-discard"),
    path("<slug:partnership>/uploads/<int:upload>/withdraw/", uploads.upload_withdraw, name="upload-withdraw"),
    path("<slug:partnership>/uploads/<int:upload>/original/", uploads.upload_original, name="upload-original"),
    path("<slug:partnership>/uploads/<int:upload>/errors/", uploads.upload_errors, name="upload-errors"),
]
