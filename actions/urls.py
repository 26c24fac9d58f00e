from django.urls import path

from actions import views

urlpatterns = [
    path("<slug:partnership>/actions/", views.action_list, name="actions"),
    path("<slug:partnership>/actions/<slug:action>/", views.action_detail, name="action"),
    path("<slug:partnership>/actions/<slug:action>/update/", views.action_update, name="action-update"),
    path("<slug:partnership>/mine/", views.mine, name="mine"),
]
