"""The questions of the personal pages."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zueinander.introductions.models import NotMet
from zueinander.listings.models import Household, HouseholdIs

from .forms import (
    OFFER_ACCEPTS,
    SEEK_NEEDS,
    AgeForm,
    ConsentForm,
    ContactForm,
    DaysForm,
    NameForm,
    PartyForm,
    PlaceForm,
    Question,
    WishForm,
    WordsForm,
)


class QuestionsForm(Question):
    """The four short questions of the personal page, prefilled from what we understood."""

    side = deepcopy(WishForm.base_fields["side"])
    first_name = deepcopy(NameForm.base_fields["first_name"])
    age_band = deepcopy(AgeForm.base_fields["age_band"])
    place = deepcopy(PlaceForm.base_fields["place"])
    occasions = deepcopy(DaysForm.base_fields["occasions"])
    party = deepcopy(PartyForm.base_fields["party"])
    conditions = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    household = forms.ChoiceField(choices=Household.choices, widget=forms.RadioSelect, required=False)
    household_is = forms.ChoiceField(choices=HouseholdIs.choices, widget=forms.RadioSelect, required=False)
    text = deepcopy(WordsForm.base_fields["text"])
    match = deepcopy(ConsentForm.base_fields["match"])
    share = deepcopy(ConsentForm.base_fields["share"])
    partner = deepcopy(ConsentForm.base_fields["partner"])
    clean_place = PlaceForm.clean_place

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_days()
        needs, party, wish = self.fields["conditions"], self.fields["party"], self.fields["household"]
        needs.label = _("Was muss passen?") if self.seeks else _("Was passt bei euch?")
        needs.choices = SEEK_NEEDS if self.seeks else OFFER_ACCEPTS  # type: ignore[attr-defined]
        party.label = _("Zu wievielt seid ihr?") if self.seeks else _("Wie viele Plätze habt ihr?")
        wish.label = _("Bei wem möchtest du sein?") if self.seeks else _("Wer soll kommen?")
        self.say_who_they_are()
        self.fields["text"].label = _("Was soll der andere Mensch von dir lesen?")


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=[("yes", _("Ja")), ("no", _("Nein"))])


class SayForm(forms.Form):
    text = forms.CharField(
        label=_("Deine Nachricht"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={
            "required": _("Schreib etwas, bevor du abschickst."),
            "max_length": _("Das ist sehr viel auf einmal. Bitte kürze auf 4.000 Zeichen."),
        },
    )
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)


class ReportForm(forms.Form):
    text = forms.CharField(
        label=_("Was stimmt nicht?"),
        help_text=_("Ein paar Worte genügen. Der andere Mensch erfährt nicht, dass du uns schreibst."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
    )
    block = forms.BooleanField(label=_("Diese Person soll mir nicht mehr schreiben können"), required=False)


class FollowUpForm(forms.Form):
    met = forms.ChoiceField(
        label=_("Habt ihr euch getroffen?"),
        choices=[("yes", _("Ja")), ("no", _("Nein"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Sag uns, ob ihr euch getroffen habt.")},
    )
    good = forms.ChoiceField(
        label=_("Wenn ja: War es gut?"),
        required=False,
        choices=[("yes", _("Ja")), ("no", _("Nein"))],
        widget=forms.RadioSelect,
    )
    not_met = forms.ChoiceField(
        label=_("Wenn nein: Woran lag es?"),
        required=False,
        choices=[c for c in NotMet.choices if c[0]],
        widget=forms.RadioSelect,
    )
    felt_wrong = forms.BooleanField(
        label=_("Etwas hat sich falsch angefühlt"),
        required=False,
        help_text=_("Dann meldet sich ein Mensch aus unserem Team."),
    )
    text = forms.CharField(
        label=_("Möchtest du uns etwas dazu schreiben?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("met") == "no" and not given.get("not_met"):
            self.add_error("not_met", _("Sag uns, woran es lag."))
        return given


class MailForm(forms.Form):
    """Where to send a new link; without an address there is nothing to send."""

    mail = deepcopy(ContactForm.base_fields["mail"])
    mail.help_text, mail.required = _("Die Mailadresse, die wir schon von dir haben."), True
