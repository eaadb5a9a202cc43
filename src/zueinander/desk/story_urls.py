"""Addresses of the story's pages, below those of its campaign."""

from __future__ import annotations

from django.urls import path

from .views import story, story_consent, story_kit, story_updates

urlpatterns = [
    path("", story.story, name="story"),
    path("zustand/", story.state, name="story_state"),
    path("ansehen/", story.preview, name="story_preview"),
    path("neues/", story_updates.updates, name="updates"),
    path("neues/schreiben/", story_updates.update, name="update_new"),
    path("neues/<int:number>/", story_updates.update, name="update"),
    path("neues/<int:number>/zurueck/", story_updates.taken_back, name="update_retract"),
    path("zustimmung/", story_consent.consent, name="consent"),
    path("zustimmung/angabe/", story_consent.fact, name="fact"),
    path("zustimmung/bild/", story_consent.picture, name="picture"),
    path("zustimmung/bild/<int:thing>.webp", story_consent.image, name="picture_image"),
    path("zustimmung/link/", story_consent.link, name="family_link"),
    path("zustimmung/<slug:kind>/<int:thing>/ja/", story_consent.agreed, name="agreed"),
    path("zustimmung/<slug:kind>/<int:thing>/nein/", story_consent.withdrawn, name="withdrawn"),
    path("weitersagen/", story_kit.kit, name="kit"),
    path("post/", story_kit.newsletter, name="newsletter"),
]
