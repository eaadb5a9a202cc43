from __future__ import annotations

from django.urls import path

from .views import press, reach

urlpatterns = [
    path("", reach.overview, name="reach"),
    path("<int:pk>/", reach.overview, name="reach_of"),
    path("<int:pk>/messwert/", reach.note, name="reach_note"),
    path("<int:pk>/bericht/", press.cover, name="reach_cover"),
    path("<int:pk>/anfrage/", press.press, name="reach_press"),
    path("<int:pk>/<slug:measure>.csv", reach.download, name="reach_download"),
    path("messwert/<int:pk>/", reach.correct, name="reach_correct"),
    path("anstieg/<int:pk>/gesehen/", reach.seen, name="rise_seen"),
    path("bericht/<int:pk>/", press.piece, name="reach_piece"),
    path("bericht/<int:pk>/holen/", press.fetch, name="reach_fetch"),
    path("kopie/<int:pk>/", press.copied, name="reach_copy"),
    path("anfrage/<int:pk>/", press.press_answer, name="reach_answer"),
]
