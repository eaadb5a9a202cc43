from __future__ import annotations

from django.urls import path

from zueinander.api import views

urlpatterns = [path("healthz", views.healthz, name="healthz")]
