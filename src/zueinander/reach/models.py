"""Observations, what rose beyond expectation, coverage, and the press that asks."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zueinander.campaigns.models import Campaign
from zueinander.people.models import Volunteer
from zueinander.reach.outside import Why
from zueinander.shared.classes import Data
from zueinander.shared.lifecycle import Lifecycle
from zueinander.shared.sealed import SealedTextField


class Measure(models.TextChoices):
    USES = "uses", _("Beiträge mit dem Hashtag")
    SHARES = "shares", _("Geteilt")
    VIEWS = "views", _("Aufrufe unserer Beiträge")
    FOLLOWERS = "followers", _("Folgende unserer Konten")
    VISITS = "visits", _("Besuche der Seite")
    RANK = "rank", _("Verkaufsrang")
    REVIEWS = "reviews", _("Rezensionen")
    COPIES = "copies", _("Verkaufte Exemplare")


PER_SPAN = (Measure.USES, Measure.VISITS)
"""Measures that count what happened within `span`; all others are a state at the moment `at`."""


class ObservationQuerySet(models.QuerySet["Observation"]):
    def valid(self) -> ObservationQuerySet:
        """Without those that a later observation corrects."""
        return self.filter(corrected_by=None)


class Observation(models.Model):
    """A figure as somebody saw it, never overwritten: the database refuses (migration 0002).

    `subject`: what was measured: a network, our account, a post's address, an ISBN with its shop. `at`: when it was
    true; for a count the beginning of its `span` (whole minutes, else 0). Sources may contradict each other: all stay.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="observations")
    measure = models.CharField(max_length=12, choices=Measure.choices)
    subject = models.CharField(max_length=300, blank=True, default="")
    value = models.BigIntegerField(validators=[MinValueValidator(0)])
    at = models.DateTimeField()
    span = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=200)
    source_url = models.URLField(max_length=500, blank=True, default="")
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="corrected_by"
    )
    noted_by = models.ForeignKey(Volunteer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)

    objects = ObservationQuerySet.as_manager()
    CLASSES = {
        "measure": Data.PUBLIC, "subject": Data.PUBLIC, "value": Data.PUBLIC, "at": Data.PUBLIC, "span": Data.PUBLIC,
        "source": Data.PUBLIC, "source_url": Data.PUBLIC, "noted_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="observation_not_negative"),
            models.UniqueConstraint(
                fields=["campaign", "measure", "subject", "at", "source"],
                condition=Q(corrects=None),
                name="observation_once",
            ),
        ]
        indexes = [models.Index(fields=["campaign", "measure", "at"], name="observation_series")]

    def __str__(self) -> str:
        return f"{self.measure} {self.value} {self.at:%Y-%m-%d %H:%M}"


class Rise(models.Model):
    """An hour in which a hashtag was used beyond expectation. `probability`: of so many or more, were nothing new."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="rises")
    network = models.CharField(max_length=20)
    hour = models.DateTimeField()
    uses = models.PositiveIntegerField()
    expected = models.FloatField()
    probability = models.FloatField()
    noticed_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    CLASSES = {
        "network": Data.PUBLIC, "hour": Data.PUBLIC, "uses": Data.PUBLIC, "expected": Data.PUBLIC,
        "probability": Data.PUBLIC, "noticed_at": Data.TECHNICAL, "seen_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["-hour"]
        constraints = [models.UniqueConstraint(fields=["campaign", "network", "hour"], name="rise_once")]

    def __str__(self) -> str:
        return f"{self.network} {self.hour:%Y-%m-%d %H} {self.uses}"


class Medium(models.TextChoices):
    PRINT = "print", _("Zeitung")
    ONLINE = "online", _("Online")
    RADIO = "radio", _("Radio")
    TV = "tv", _("Fernsehen")
    AGENCY = "agency", _("Agentur")
    BLOG = "blog", _("Blog")


LONGEST_QUOTE = 300
"""Characters: a quotation needs a purpose and stays short (section 51 of the German copyright act)."""


WHY_NOT = [
    (Why.ADDRESS.value, _("Das ist keine Adresse im Web.")),
    (Why.INSIDE.value, _("Die Adresse führt nicht ins öffentliche Netz.")),
    (Why.ROBOTS.value, _("Die Seite möchte nicht von Programmen geholt werden.")),
    (Why.LARGE.value, _("Die Seite ist größer als 5 MB.")),
    (Why.SLOW.value, _("Die Seite hat zu lange gebraucht.")),
    (Why.NO_ANSWER.value, _("Die Seite war nicht zu erreichen.")),
    (Why.GONE.value, _("Die Seite gibt es dort nicht mehr.")),
    (Why.CLOSED.value, _("Die Seite lässt uns nicht hinein, vielleicht kostet sie etwas.")),
    (Why.BROKEN.value, _("Die Seite antwortet mit einem Fehler.")),
    (Why.ROUNDABOUT.value, _("Die Seite leitet immer weiter.")),
]


class Coverage(models.Model):
    """A piece in the media. `copy`: the page as it was (base64), for our own eyes; never published.

    `copy_wanted_at`: it is being fetched since; `copy_refused`: why that did not work. What we read from the page
    ourselves is not public before somebody has looked through it.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="coverage")
    outlet = models.CharField(max_length=120, blank=True, default="")
    title = models.CharField(max_length=300, blank=True, default="")
    url = models.URLField(max_length=500, blank=True, default="")
    kind = models.CharField(max_length=10, choices=Medium.choices, default=Medium.ONLINE)
    published_on = models.DateField(null=True, blank=True)
    quote = models.CharField(max_length=LONGEST_QUOTE, blank=True, default="")
    public = models.BooleanField(default=False)
    copy = SealedTextField()
    copy_type = models.CharField(max_length=100, blank=True, default="")
    copied_at = models.DateTimeField(null=True, blank=True)
    copy_wanted_at = models.DateTimeField(null=True, blank=True)
    copy_refused = models.CharField(max_length=12, choices=WHY_NOT, blank=True, default="")
    noted_at = models.DateTimeField(auto_now_add=True)

    ABOUT_NOBODY = True
    CLASSES = {
        "outlet": Data.PUBLIC, "title": Data.PUBLIC, "url": Data.PUBLIC, "kind": Data.PUBLIC,
        "published_on": Data.PUBLIC, "quote": Data.PUBLIC, "public": Data.TECHNICAL, "copy": Data.CONTENT,
        "copy_type": Data.TECHNICAL, "copied_at": Data.TECHNICAL, "copy_wanted_at": Data.TECHNICAL,
        "copy_refused": Data.TECHNICAL, "noted_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["-published_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "url"], condition=~Q(url=""), name="coverage_once"),
            models.CheckConstraint(
                condition=Q(public=False) | (~Q(outlet="") & ~Q(title="") & Q(published_on__isnull=False)),
                name="coverage_public_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outlet}: {self.title}" if self.title else self.url

    @property
    def whole(self) -> bool:
        """Whether everything is known that a public line needs."""
        return bool(self.outlet and self.title and self.published_on)


class PressContact(models.Model):
    """Somebody of the press who asked us; goes when nothing was asked for a year."""

    outlet = models.CharField(max_length=120)
    name = SealedTextField()
    reach_at = SealedTextField()
    note = SealedTextField()
    at = models.DateTimeField(auto_now_add=True)

    ABOUT_NOBODY = True
    CLASSES = {
        "outlet": Data.COARSE, "name": Data.IDENTITY, "reach_at": Data.IDENTITY, "note": Data.CONTENT,
        "at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["outlet", "id"]

    def __str__(self) -> str:
        return f"{self.outlet} {self.pk}"


class Asking(models.TextChoices):
    OPEN = "open", _("offen")
    ANSWERED = "answered", _("beantwortet")
    DECLINED = "declined", _("abgelehnt")


ASKING = Lifecycle(
    "PressRequest",
    Asking,
    Asking.OPEN,
    {Asking.OPEN: [Asking.ANSWERED, Asking.DECLINED], Asking.ANSWERED: [Asking.OPEN], Asking.DECLINED: [Asking.OPEN]},
)


class PressRequest(models.Model):
    """What somebody of the press asked, until when, and what we said."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="press_requests")
    contact = models.ForeignKey(PressContact, on_delete=models.CASCADE, related_name="requests")
    question = SealedTextField()
    answer = SealedTextField()
    state = models.CharField(max_length=10, choices=Asking.choices, default=Asking.OPEN)
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Volunteer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    ABOUT_NOBODY = True
    CLASSES = {
        "question": Data.CONTENT, "answer": Data.CONTENT, "state": Data.TECHNICAL, "asked_at": Data.TECHNICAL,
        "answer_by": Data.TECHNICAL, "answered_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["answer_by", "asked_at"]
        constraints = [ASKING.constraint("press_request_state")]

    def __str__(self) -> str:
        return f"{self.contact} {self.asked_at:%Y-%m-%d}"
