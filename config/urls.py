from django.contrib import admin
from django.urls import include, path

# Order matters: a partnership's address may begin with any word not taken here (RESERVED_SLUGS).
urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("partnerships.urls")),
    path("", include("indicators.urls")),
    path("", include("outcomes.urls")),
    path("", include("actions.urls")),
]
