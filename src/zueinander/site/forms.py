"""The questions we ask: one form for each screen of the public form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zueinander.campaigns.models import Campaign
from zueinander.listings.models import Household, HouseholdIs, Side
from zueinander.networks.texts import mail_address
from zueinander.people.models import AgeBand, Purpose
from zueinander.understanding.reader.places import lookup

Text = str | Promise

ANY_DAY = "any"
SEEK_NEEDS: list[tuple[str, Text]] = [
    ("dog", _("Ich bringe einen Hund mit")),
    ("kids", _("Ich bringe Kinder mit")),
    ("wheelchair", _("Ich brauche einen Weg ohne Stufen")),
    ("non-smoker", _("In der Wohnung soll nicht geraucht werden")),
    ("vegetarian", _("Ich esse vegetarisch")),
    ("alcohol-free", _("Ich möchte einen Abend ohne Alkohol")),
]
OFFER_ACCEPTS: list[tuple[str, Text]] = [
    ("dog", _("Hunde sind willkommen")),
    ("kids", _("Kinder sind willkommen")),
    ("wheelchair", _("Man kommt ohne Stufen zu uns")),
    ("non-smoker", _("Bei uns wird nicht geraucht")),
    ("vegetarian", _("Es gibt auch vegetarisches Essen")),
    ("alcohol-free", _("Der Abend kann ohne Alkohol sein")),
]


def clean_place(given: str) -> str:
    """A town as written. One that nobody knows is asked for again: it would lead to nobody."""
    if lookup(given, limit=1):
        return given
    if any(c.isalpha() for c in given):
        raise forms.ValidationError(
            _("Diesen Ort kennen wir nicht. Schreib bitte den nächsten größeren Ort oder eine Postleitzahl.")
        )
    raise forms.ValidationError(_("Diese Postleitzahl kennen wir nicht. Schreib uns einfach den Ort."))


def ticked(form: forms.Form) -> list[str]:
    """The purposes somebody said yes to."""
    return [purpose for purpose in Purpose.values if form.cleaned_data.get(purpose)]


class Question(forms.Form):
    """`seeks`: the person looks for company; otherwise they offer it."""

    use_required_attribute = False

    def __init__(self, *args: Any, campaign: Campaign, seeks: bool = True, **kwargs: Any) -> None:
        self.campaign, self.seeks = campaign, seeks
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def say_who_they_are(self) -> None:
        """Asked because the other side may wish for it; it is shown to nobody."""
        who = self.fields["household_is"]
        who.label = _("Wer kommt?") if self.seeks else _("Wer seid ihr?")
        who.help_text = _(
            "Manche wünschen sich nur Frauen oder eine Familie. Ohne Angabe finden wir dort nichts für dich."
        )

    def choose_days(self) -> None:
        days = [(o.key, f"{o.name}, {o.on:%d.%m.%Y}") for o in self.campaign.to_come()]
        self.fields["occasions"].choices = [*days, (ANY_DAY, _("An irgendeinem Tag, wann es passt"))]  # type: ignore[attr-defined]


class WishForm(Question):
    side = forms.ChoiceField(
        label=_("Was möchtest du?"),
        choices=[(Side.SEEK, _("Ich suche Gesellschaft")), (Side.OFFER, _("Ich habe einen Platz am Tisch"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Sag uns, ob du Gesellschaft suchst oder einen Platz anbietest.")},
    )


class AgeForm(Question):
    age_band = forms.ChoiceField(
        label=_("Wie alt bist du?"),
        help_text=_("Ungefähr reicht. Wer unter 18 ist, bekommt von uns andere Hilfe."),
        choices=[c for c in AgeBand.choices if c[0]],
        widget=forms.RadioSelect,
        error_messages={"required": _("Wähle, wie alt du ungefähr bist.")},
    )


class NameForm(Question):
    first_name = forms.CharField(
        label=_("Wie heißt du?"),
        help_text=_("Nur dein Vorname, oder wie man dich nennen soll."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={
            "required": _("Schreib uns deinen Vornamen."),
            "max_length": _("Ein kürzerer Name reicht uns."),
        },
    )


class PlaceForm(Question):
    place = forms.CharField(
        label=_("Wo bist du?"),
        help_text=_("Ort oder Postleitzahl. Deine Adresse brauchen wir nicht."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
        error_messages={"required": _("Schreib uns den Ort."), "max_length": _("Ein Ort reicht uns.")},
    )

    def clean_place(self) -> str:
        return clean_place(self.cleaned_data["place"])


class DaysForm(Question):
    occasions = forms.MultipleChoiceField(
        label=_("Wann?"),
        help_text=_("Du kannst mehrere Tage wählen."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Wähle wenigstens einen Tag.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_days()


class PartyForm(Question):
    party = forms.IntegerField(
        min_value=1,
        max_value=12,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            name: _("Schreib uns eine Zahl von 1 bis 12.") for name in ("required", "invalid", "min_value", "max_value")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["party"]
        field.label = _("Zu wievielt seid ihr?") if self.seeks else _("Wie viele Plätze habt ihr?")
        field.help_text = _("Wenn du allein kommst, schreib 1.") if self.seeks else _("Ohne euch selbst gezählt.")


class ConditionsForm(Question):
    conditions = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    household = forms.ChoiceField(choices=Household.choices, widget=forms.RadioSelect, required=False)
    household_is = forms.ChoiceField(choices=HouseholdIs.choices, widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days, wish = self.fields["conditions"], self.fields["household"]
        days.label = _("Was muss passen?") if self.seeks else _("Was passt bei euch?")
        days.help_text = _("Kreuze an, was für dich wichtig ist.") if self.seeks else _("Kreuze an, was stimmt.")
        days.choices = SEEK_NEEDS if self.seeks else OFFER_ACCEPTS  # type: ignore[attr-defined]
        wish.label = _("Bei wem möchtest du sein?") if self.seeks else _("Wer soll kommen?")
        self.say_who_they_are()


class WordsForm(Question):
    text = forms.CharField(
        label=_("Möchtest du etwas dazu schreiben?"),
        help_text=_(
            "In deinen Worten: wer du bist, was du dir wünschst. Telefonnummer und Adresse lass bitte weg. "
            "Du kannst die Frage auch überspringen."
        ),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
        error_messages={"max_length": _("Das ist sehr viel auf einmal. Bitte kürze auf 4.000 Zeichen.")},
    )


class ContactForm(Question):
    mail = forms.CharField(
        label=_("Wie erreichen wir dich?"),
        help_text=_(
            "Deine Mailadresse. Niemand außer uns sieht sie, auch nicht der Mensch, den wir dir vorschlagen. Hast du "
            "keine oder magst du nicht, lass das Feld frei. Dann bekommst du gleich einen Link zum Aufheben."
        ),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def clean_mail(self) -> str:
        given = self.cleaned_data["mail"]
        found = mail_address(given)
        if given and not found:
            raise forms.ValidationError(
                _("Diese Mailadresse sieht nicht vollständig aus. So sieht eine aus: name@beispiel.de")
            )
        return found


class ConsentForm(Question):
    """One box for each purpose. Without the first two nobody can be found, so they are asked for."""

    match = forms.BooleanField(
        label=Purpose.MATCH.label,
        error_messages={"required": _("Ohne dieses Ja können wir niemanden für dich suchen.")},
    )
    share = forms.BooleanField(
        label=Purpose.SHARE.label,
        error_messages={"required": _("Ohne dieses Ja können wir euch nicht miteinander bekannt machen.")},
    )
    partner = forms.BooleanField(label=Purpose.PARTNER.label, required=False, help_text=_("Das ist freiwillig."))

    def purposes(self) -> list[str]:
        return ticked(self)


STEPS: dict[str, type[Question]] = {
    "wunsch": WishForm,
    "alter": AgeForm,
    "name": NameForm,
    "ort": PlaceForm,
    "anlass": DaysForm,
    "personen": PartyForm,
    "bedingungen": ConditionsForm,
    "worte": WordsForm,
    "kontakt": ContactForm,
    "einwilligung": ConsentForm,
}
NAMES = list(STEPS)
