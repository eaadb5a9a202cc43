"""What the team fills in. Labels and help are for people, errors say what is possible."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zueinander.campaigns.models import Campaign
from zueinander.networks.models import Account
from zueinander.networks.registry import Network
from zueinander.partners.models import Partner
from zueinander.people.models import AgeBand, Role

COUNTRIES = [("DE", _("Deutschland")), ("AT", _("Österreich")), ("CH", _("Schweiz"))]
OCCASIONS = [(12, 24, "Heiligabend"), (12, 25, "1. Weihnachtstag"), (12, 26, "2. Weihnachtstag"), (12, 31, "Silvester")]


def preset(today: date) -> str:
    """The occasions of the coming Christmas season, one a line, as the form wants them."""
    return "\n".join(f"{day:02}.{month:02}.{today.year} {name}" for month, day, name in OCCASIONS)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class CampaignForm(forms.Form):
    name = forms.CharField(label=_("Wie heißt die Aktion?"), max_length=120)
    hashtags = forms.CharField(
        label=_("Hashtags"), max_length=500, help_text=_("Mehrere durch Leerzeichen getrennt, mit oder ohne #.")
    )
    countries = forms.MultipleChoiceField(
        label=_("Wo?"), choices=COUNTRIES, widget=forms.CheckboxSelectMultiple, initial=["DE", "AT", "CH"]
    )
    season_start = forms.DateField(label=_("Die Saison beginnt am"), widget=DayInput())
    season_end = forms.DateField(label=_("Die Saison endet am"), widget=DayInput())
    occasions = forms.CharField(
        label=_("Anlässe"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Einer pro Zeile: Tag, dann Name. „Irgendein Tag“ können alle ohnehin wählen."),
    )
    welcome = forms.CharField(
        label=_("Ein Satz zur Begrüßung"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Steht auf der öffentlichen Seite. Darf leer bleiben."),
    )
    accounts = forms.ModelMultipleChoiceField(
        label=_("Unsere Konten"),
        queryset=Account.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["accounts"]
        assert isinstance(chosen, forms.ModelMultipleChoiceField)
        chosen.queryset = Account.objects.order_by("network", "name")

    def clean_hashtags(self) -> list[str]:
        found = [t.strip("#,; ") for t in self.cleaned_data["hashtags"].replace(",", " ").split()]
        tags = list(dict.fromkeys(t for t in found if t))
        if not tags or not all(t.replace("_", "").isalnum() for t in tags):
            raise ValidationError(_("Ein Hashtag besteht aus Buchstaben und Ziffern, zum Beispiel KeinerBleibtAllein."))
        return tags

    def clean_occasions(self) -> list[tuple[date, str]]:
        found: dict[date, str] = {}
        for line in filter(None, map(str.strip, self.cleaned_data["occasions"].splitlines())):
            day, __, name = line.partition(" ")
            try:
                on = forms.DateField(input_formats=["%d.%m.%Y", "%Y-%m-%d"]).clean(day)
            except ValidationError:
                raise ValidationError(
                    gettext("„%s“ verstehen wir nicht. So geht es: 24.12.2026 Heiligabend") % line[:60]
                ) from None
            found[on] = name.strip()[:80] or f"{on:%d.%m.}"
        return sorted(found.items())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("season_start"), data.get("season_end")
        if start and end and end < start:
            self.add_error("season_end", _("Das Ende liegt vor dem Anfang."))
        elif start and end and any(not start <= on <= end for on, __ in data.get("occasions", [])):
            self.add_error("occasions", _("Ein Anlass liegt außerhalb der Saison."))
        return data

    @staticmethod
    def initial_for(campaign: Campaign | None) -> dict[str, Any]:
        today = timezone.localdate()
        if campaign is None:
            return {
                "season_start": min(today, date(today.year, 12, 1)), "season_end": date(today.year, 12, 31),
                "occasions": preset(today), "countries": [c for c, __ in COUNTRIES],
            }  # fmt: skip
        return {
            "name": campaign.name, "hashtags": " ".join(f"#{t}" for t in campaign.hashtags),
            "countries": campaign.countries, "season_start": campaign.season_start, "season_end": campaign.season_end,
            "occasions": "\n".join(f"{o.on:%d.%m.%Y} {o.name}" for o in campaign.occasions.all()),
            "welcome": campaign.welcome, "accounts": campaign.accounts.all(),
        }  # fmt: skip


def free_slug(name: str) -> str:
    """An address part for a new campaign that no other has."""
    base = slugify(name)[:50] or "aktion"
    taken = set(Campaign.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)


class AccountForm(forms.Form):
    """The questions of one network, from its own list; secrets are asked for and never shown again."""

    def __init__(self, network: Network, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.network = network
        self.fields["name"] = forms.CharField(
            label=_("Wie sollen wir das Konto nennen?"),
            max_length=200,
            help_text=_("So steht es auf dem Schreibtisch."),
        )
        for asked in network.fields:
            common: dict[str, Any] = {
                "label": asked.label, "help_text": asked.help, "required": asked.required, "initial": asked.default,
            }  # fmt: skip
            if asked.choices:
                self.fields[f"f_{asked.name}"] = forms.ChoiceField(choices=asked.choices, **common)
            else:
                box = forms.PasswordInput(attrs={"autocomplete": "off"}) if asked.secret else forms.TextInput()
                self.fields[f"f_{asked.name}"] = forms.CharField(max_length=2000, widget=box, **common)
        self.fields["hashtags"] = forms.CharField(
            label=_("Welchen Hashtags folgt dieses Konto?"), required=False, max_length=500,
            help_text=_("Leer lassen: denen seiner Aktionen."),
        )  # fmt: skip

    def answers(self, secret: bool) -> dict[str, str]:
        return {a.name: self.cleaned_data[f"f_{a.name}"] for a in self.network.fields if a.secret is secret}

    def clean_hashtags(self) -> list[str]:
        return [t.strip("#,;") for t in self.cleaned_data["hashtags"].split() if t.strip("#,;")]


class PasteForm(forms.Form):
    link = forms.URLField(
        label=_("Link zum Beitrag"), max_length=2000, assume_scheme="https",
        help_text=_("Damit niemand zweimal aufgenommen wird und wir nachsehen können."),
    )  # fmt: skip
    text = forms.CharField(label=_("Was dort steht"), max_length=20_000, widget=forms.Textarea)
    author_name = forms.CharField(
        label=_("Name, wie er dort steht"), max_length=200, required=False, help_text=_("Darf leer bleiben.")
    )
    campaign = forms.ModelChoiceField(label=_("Aktion"), queryset=Campaign.objects.none(), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["campaign"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = Campaign.objects.running().order_by("-season_end", "name")


class PartnerForm(forms.ModelForm[Partner]):
    contact = forms.CharField(
        label=_("Kontakt"), max_length=500, help_text=_("Name, Telefon oder Mail. Liegt verschlüsselt.")
    )

    class Meta:
        model = Partner
        fields = ["name", "area", "offers", "contact", "active"]
        labels = {
            "name": _("Name der Einrichtung"), "area": _("Für welche Gegend?"), "offers": _("Was sie tun kann"),
            "active": _("Nimmt zur Zeit Fälle an"),
        }  # fmt: skip
        widgets = {"offers": forms.Textarea(attrs={"rows": 3})}


class ReferForm(forms.Form):
    partner = forms.ModelChoiceField(label=_("An wen?"), queryset=Partner.objects.none(), empty_label=None)
    note = forms.CharField(
        label=_("Worum geht es?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["partner"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = Partner.objects.filter(active=True).order_by("name")


class InviteForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Als was?"), choices=Role.choices, initial=Role.VOLUNTEER, widget=forms.RadioSelect
    )


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("Deine Antwort"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))
    key = forms.UUIDField(widget=forms.HiddenInput)


AGES = [(value, label) for value, label in AgeBand.choices]
REJECT_REASONS = [
    ("too_far", _("zu weit")), ("wishes", _("die Wünsche passen nicht")), ("feeling", _("kein gutes Gefühl")),
    ("known", _("kennen sich schon")), ("other", _("etwas anderes")),
]  # fmt: skip
