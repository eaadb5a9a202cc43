"""Humans: those who write to us, and the volunteers who answer."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zueinander.shared.classes import Data
from zueinander.shared.sealed import SealedTextField


class AgeBand(models.TextChoices):
    UNKNOWN = "", _("keine Angabe")
    UNDER_18 = "0-17", _("unter 18")
    FROM_18 = "18-29", "18–29"
    FROM_30 = "30-44", "30–44"
    FROM_45 = "45-59", "45–59"
    FROM_60 = "60-74", "60–74"
    FROM_75 = "75-", _("75 und älter")


class Person(models.Model):
    """Somebody with one or more handles. `stopped_at`: they said stop; we never write again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    first_name = SealedTextField()
    age_band = models.CharField(max_length=8, choices=AgeBand.choices, default="", blank=True)
    lang = models.CharField(max_length=2, default="de")
    stopped_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")

    CLASSES = {
        "created_at": Data.TECHNICAL, "first_name": Data.IDENTITY, "age_band": Data.COARSE, "lang": Data.COARSE,
        "stopped_at": Data.TECHNICAL,
    }  # fmt: skip

    def __str__(self) -> str:
        return self.first_name or str(self.id)[:8]

    @property
    def is_minor(self) -> bool:
        return self.age_band == AgeBand.UNDER_18


class Handle(models.Model):
    """A person's stable identity in a network. `key` is a blind index of the network's own id, which never changes."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="handles")
    network = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    native_id = SealedTextField()
    visible_name = SealedTextField()
    address = SealedTextField()
    url = SealedTextField()
    seen_at = models.DateTimeField(auto_now_add=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    CLASSES = {
        "network": Data.COARSE, "key": Data.TECHNICAL, "native_id": Data.IDENTITY, "visible_name": Data.IDENTITY,
        "address": Data.IDENTITY, "url": Data.IDENTITY, "seen_at": Data.TECHNICAL, "gone_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="handle_once")]

    def __str__(self) -> str:
        return f"{self.network}:{self.visible_name or self.address}"


class Stop(models.Model):
    """Somebody said stop. Only the blind index stays, for ever, also after erasure."""

    network = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    CLASSES = {"network": Data.TECHNICAL, "key": Data.TECHNICAL, "at": Data.TECHNICAL}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="stop_once")]

    def __str__(self) -> str:
        return f"{self.network} {self.at:%Y-%m-%d}"


class Apart(models.Model):
    """Two addresses whose people are never put together, kept when a block goes with one of its people. Each is a
    keyed fingerprint that can only be compared; `one` is the smaller."""

    one = models.CharField(max_length=64)
    other = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    ABOUT_NOBODY = True
    CLASSES = {"one": Data.TECHNICAL, "other": Data.TECHNICAL, "at": Data.TECHNICAL}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="apart_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="apart_ordered"),
        ]
        indexes = [models.Index(fields=["other"], name="apart_other")]

    def __str__(self) -> str:
        return f"apart since {self.at:%Y-%m-%d}"


class Purpose(models.TextChoices):
    """What a person may consent to."""

    MATCH = "match", _("Wir dürfen nach passenden Menschen suchen und dir schreiben.")
    SHARE = (
        "share",
        _("Wir dürfen Vorname, Gegend, Anlass und deinen Text den Menschen zeigen, die wir dir vorschlagen."),
    )
    PARTNER = "partner", _("Wenn es für uns zu schwer wird, dürfen wir eine Partnereinrichtung einbeziehen.")


class Consent(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    wording = models.CharField(max_length=20, default="2026-11")
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    CLASSES = {
        "purpose": Data.COARSE, "wording": Data.TECHNICAL, "given_at": Data.TECHNICAL, "withdrawn_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(withdrawn_at=None), name="one_standing_consent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.given_at:%Y-%m-%d}"


class Block(models.Model):
    """Two people who are never put together (again). `first` has the smaller id."""

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    made_by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    CLASSES = {"made_by": Data.TECHNICAL, "at": Data.TECHNICAL}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="block_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="block_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} | {self.second_id}"


class PersonalLink(models.Model):
    """A link for one person and one purpose. Only the hash of its token is stored."""

    class Use(models.TextChoices):
        OWN_PAGE = "own", "own page"
        QUESTIONS = "questions", "questions"
        ANSWER = "answer", "yes or no to a proposal"
        CONVERSATION = "conversation", "conversation"
        FOLLOW_UP = "follow_up", "how was it"
        REFERRAL = "referral", "may a partner be told"

    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    use = models.CharField(max_length=20, choices=Use.choices)
    subject = models.CharField(max_length=80, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    CLASSES = {
        "token_hash": Data.SECRET, "use": Data.TECHNICAL, "subject": Data.TECHNICAL, "created_at": Data.TECHNICAL,
        "expires_at": Data.TECHNICAL, "revoked_at": Data.TECHNICAL,
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.use} until {self.expires_at:%Y-%m-%d}"


class Role(models.TextChoices):
    VOLUNTEER = "volunteer", _("Vermittler:in")
    COORDINATOR = "coordinator", _("Koordination")


class VolunteerManager(BaseUserManager["Volunteer"]):
    def create_user(
        self, email: str, password: str | None = None, role: str = Role.VOLUNTEER, name: str = ""
    ) -> Volunteer:
        user = self.model(email=self.normalize_email(email), role=role, name=name)
        user.set_password(password)
        user.save()
        return user


class Volunteer(AbstractBaseUser):
    """Somebody of the team who signs in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80, blank=True, default="")
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.VOLUNTEER)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects: ClassVar[VolunteerManager] = VolunteerManager()
    ABOUT_NOBODY = True  # team members: kept by the organisation, not by a person's erasure

    CLASSES = {
        "email": Data.TECHNICAL, "name": Data.TECHNICAL, "role": Data.TECHNICAL, "is_active": Data.TECHNICAL,
        "joined_at": Data.TECHNICAL, "password": Data.SECRET, "last_login": Data.TECHNICAL,
    }  # fmt: skip

    def __str__(self) -> str:
        return self.name or self.email.split("@")[0]

    @property
    def is_coordinator(self) -> bool:
        return self.role == Role.COORDINATOR


class Invitation(models.Model):
    """Lets one person join the team. Only the hash of its token is stored."""

    token_hash = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    invited_by = models.ForeignKey(Volunteer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(Volunteer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    CLASSES = {
        "token_hash": Data.SECRET, "role": Data.TECHNICAL, "expires_at": Data.TECHNICAL, "used_at": Data.TECHNICAL,
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.role} until {self.expires_at:%Y-%m-%d}"


class Attention(models.Model):
    """Something that wants a human's eyes: one line of the desk's queue. Cleared, never deleted while it is open."""

    class Kind(models.TextChoices):
        DANGER = "danger", _("Gefahr")
        REPORT = "report", _("Meldung")
        UNCLEAR_SEND = "unclear", _("Unklar, ob es ankam")
        PROPOSAL = "proposal", _("Vorschlag")
        UNSURE = "unsure", _("Lesart unsicher")
        BY_HAND = "by_hand", _("Von Hand antworten")
        RISE = "rise", _("Der Hashtag steigt")
        PRESS = "press", _("Die Presse fragt")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="attentions")
    subject = models.CharField(max_length=80)  # the journal's name of the row it is about
    urgent = models.BooleanField(default=False)
    raised_at = models.DateTimeField(auto_now_add=True)
    deadline = models.DateTimeField()
    claimed_by = models.ForeignKey(Volunteer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    claimed_until = models.DateTimeField(null=True, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(Volunteer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    CLASSES = {
        "kind": Data.TECHNICAL, "subject": Data.TECHNICAL, "urgent": Data.TECHNICAL, "raised_at": Data.TECHNICAL,
        "deadline": Data.TECHNICAL, "claimed_until": Data.TECHNICAL, "cleared_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], condition=Q(cleared_at=None), name="one_open_attention")
        ]
        indexes = [models.Index(fields=["-urgent", "deadline"], condition=Q(cleared_at=None), name="attention_queue")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
