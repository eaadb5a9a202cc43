"""All addresses."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("zueinander.site.urls")),
    path("schreibtisch/", include("zueinander.desk.urls")),
    path("", include("zueinander.api.urls")),
    path("konto/", include("allauth.urls")),
]
