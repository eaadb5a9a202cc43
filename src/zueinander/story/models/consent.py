"""What the family has agreed to: facts, pictures, and the agreements that let them be seen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zueinander.people.models import Volunteer
from zueinander.shared.classes import Data
from zueinander.shared.sealed import SealedTextField
from zueinander.story.fields import SealedBytesField
from zueinander.story.models.telling import Story, Update


class Fact(models.Model):
    """Something about the family. Texts name it as [[key]]; without consent `instead` stands in its place.

    `about_child`: shown only with a consent that says so. `text_en`, `instead_en`: the same in English texts; empty: as
    in German.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="facts")
    key = models.SlugField(max_length=40)
    label = models.CharField(max_length=80)
    text = SealedTextField()
    instead = models.CharField(max_length=200, blank=True, default="")
    text_en = SealedTextField()
    instead_en = models.CharField(max_length=200, blank=True, default="")
    about_child = models.BooleanField(default=False)

    ABOUT_NOBODY = True  # the family writes no messages to us; they rule over it by their consents
    CLASSES = {
        "key": Data.PUBLIC, "label": Data.PUBLIC, "text": Data.CONTENT, "instead": Data.PUBLIC,
        "text_en": Data.CONTENT, "instead_en": Data.PUBLIC, "about_child": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["story", "key"], name="fact_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def wordings(self) -> list[str]:
        """All words that say it."""
        return [words for words in (self.text, self.text_en) if words]


class Picture(models.Model):
    """A picture re-encoded by us, without anything the camera wrote into it. Without consent it is not published.

    Texts place it by its number (`pk`), see `rules.PICTURE`; elsewhere it stands below its update, or below the story.
    `image` is empty once the consent was withdrawn: then no copy of it is left.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="pictures")
    update = models.ForeignKey(Update, null=True, blank=True, on_delete=models.SET_NULL, related_name="pictures")
    alt = models.CharField(max_length=300)
    alt_en = models.CharField(max_length=300, blank=True, default="")
    credit = models.CharField(max_length=120)
    licence = models.CharField(max_length=120, blank=True, default="")
    for_press = models.BooleanField(default=False)
    shows_child = models.BooleanField(default=True)
    image = SealedBytesField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    ABOUT_NOBODY = True
    CLASSES = {
        "alt": Data.PUBLIC, "alt_en": Data.PUBLIC, "credit": Data.PUBLIC, "licence": Data.PUBLIC,
        "for_press": Data.PUBLIC, "shows_child": Data.TECHNICAL, "image": Data.CONTENT, "width": Data.TECHNICAL,
        "height": Data.TECHNICAL, "added_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.alt


class Agreement(models.Model):
    """The family's consent to one fact or one picture: who gave it, how, when; and when it ended."""

    fact = models.ForeignKey(Fact, null=True, blank=True, on_delete=models.CASCADE, related_name="agreements")
    picture = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.CASCADE, related_name="agreements")
    given_by = SealedTextField()
    how = models.CharField(max_length=120)
    covers_child = models.BooleanField(default=False)
    given_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(Volunteer, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=80, blank=True, default="")

    ABOUT_NOBODY = True  # proof of what we were allowed to publish
    CLASSES = {
        "given_by": Data.IDENTITY, "how": Data.TECHNICAL, "covers_child": Data.TECHNICAL, "given_at": Data.TECHNICAL,
        "withdrawn_at": Data.TECHNICAL, "withdrawn_by": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fact=None, picture__isnull=False) | Q(fact__isnull=False, picture=None),
                name="agreement_to_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=[thing], condition=Q(withdrawn_at=None, **{f"{thing}__isnull": False}),
                    name=f"one_standing_agreement_{thing}",
                )
                for thing in ("fact", "picture")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.how} {self.given_at:%Y-%m-%d}"
