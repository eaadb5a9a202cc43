from __future__ import annotations

from django.urls import path

from .views import reach

urlpatterns = [
    path("", reach.overview, name="reach"),
    path("<int:pk>/", reach.overview, name="reach_of"),
    path("<int:pk>/messwert/", reach.note, name="reach_note"),
    path("<int:pk>/bericht/", reach.cover, name="reach_cover"),
    path("<int:pk>/anfrage/", reach.press, name="reach_press"),
    path("<int:pk>/<slug:measure>.csv", reach.download, name="reach_download"),
    path("messwert/<int:pk>/", reach.correct, name="reach_correct"),
    path("anstieg/<int:pk>/gesehen/", reach.seen, name="rise_seen"),
    path("kopie/<int:pk>/", reach.copied, name="reach_copy"),
    path("anfrage/<int:pk>/", reach.press_answer, name="reach_answer"),
]
