"""What coordinators fill in about money. Amounts are typed as people write them: "12,50" or "1.250,00"."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zueinander.desk.forms import DayInput
from zueinander.giving.models import Selling, Wording
from zueinander.giving.rules.sales import SalesMapping
from zueinander.shared.money import AmountError, parse_amount


def uploaded(form: forms.Form, name: str) -> tuple[bytes, str]:
    """Content and name of an uploaded file of a valid form."""
    found = form.cleaned_data[name]
    return bytes(found.read()), str(found.name or "")


class EuroField(forms.CharField):
    """An amount in minor units, read without a guess."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short", "autocomplete": "off"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_amount(text.replace("€", "").strip(), decimal=",", currency="EUR").units
        except AmountError:
            raise ValidationError(_("Bitte so schreiben: 12,50")) from None


class AccountForm(forms.Form):
    holder = forms.CharField(
        label=_("Wem gehört das Konto?"), max_length=70,
        help_text=_("Genau so, wie die Bank den Namen führt. Banken vergleichen ihn bei jeder Überweisung."),
    )  # fmt: skip
    iban = forms.CharField(label=_("IBAN"), max_length=42, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class UploadForm(forms.Form):
    statement = forms.FileField(
        label=_("Auszug"), help_text=_("camt (auch als ZIP), MT940 oder die CSV deiner Bank. Doppeltes schadet nicht.")
    )


class PayoutForm(forms.Form):
    cents = EuroField(label=_("Betrag in Euro"))
    payee = forms.CharField(label=_("An wen?"), max_length=120, help_text=_("Nur für uns. Öffentlich nie."))
    iban = forms.CharField(label=_("IBAN"), max_length=42, required=False, help_text=_("Darf leer bleiben."))
    note = forms.CharField(label=_("Notiz"), max_length=300, required=False)


class EvidenceForm(forms.Form):
    evidence = forms.FileField(label=_("Beleg"), help_text=_("PDF oder Bild, höchstens 10 MB. Liegt verschlüsselt."))


class GiftForm(forms.Form):
    named = forms.BooleanField(label=_("Der Name darf öffentlich stehen"), required=False)
    name = forms.CharField(label=_("Name, wie gewünscht"), max_length=120, required=False)


class RefundForm(forms.Form):
    reason = forms.CharField(label=_("Warum geben wir sie zurück?"), max_length=300)
    iban = forms.CharField(label=_("Auf welches Konto?"), max_length=42, required=False)
    sure = forms.BooleanField(label=_("Ich weiß: Überweisen muss ein Mensch. Hier wird es nur vermerkt."))


class PeriodForm(forms.Form):
    until = forms.DateField(label=_("Kassenbuch abschließen bis"), widget=DayInput())


class BasisForm(forms.Form):
    wording = forms.ChoiceField(label=_("Was ist das Geld rechtlich?"), choices=Wording.choices)
    body = forms.CharField(label=_("Name der Körperschaft"), max_length=200, required=False)
    address = forms.CharField(
        label=_("Anschrift"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    tax_office = forms.CharField(label=_("Finanzamt"), max_length=120, required=False)
    tax_number = forms.CharField(label=_("Steuernummer"), max_length=40, required=False)
    notice = forms.ChoiceField(
        label=_("Welcher Bescheid?"), required=False,
        choices=[("", "–"), ("exemption", _("Freistellungsbescheid")), ("statute", _("Feststellung nach § 60a AO"))],
    )  # fmt: skip
    notice_date = forms.DateField(label=_("Datum des Bescheids"), required=False, widget=DayInput())
    assessment_period = forms.CharField(label=_("Veranlagungszeitraum"), max_length=40, required=False)
    purposes = forms.CharField(label=_("Begünstigte Zwecke"), max_length=300, required=False)
    place = forms.CharField(label=_("Ort"), max_length=80, required=False)
    signer = forms.CharField(label=_("Wer unterschreibt?"), max_length=120, required=False)


class ReceiptForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    address = forms.CharField(label=_("Anschrift"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    yearly = forms.BooleanField(
        label=_("Sammelbestätigung über alle Gaben dieses Menschen in diesem Jahr"), required=False
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Warum?"), max_length=300)


class EditionForm(forms.Form):
    title = forms.CharField(
        label=_("Titel"), max_length=200, required=False,
        help_text=_("Mit der ISBN allein schlagen wir ihn nach: bei der Nationalbibliothek, dann bei Open Library."),
    )  # fmt: skip
    author = forms.CharField(label=_("Von wem?"), max_length=200, required=False)
    name = forms.CharField(label=_("Ausgabe"), max_length=80, help_text=_("Zum Beispiel Taschenbuch oder E-Book."))
    isbn = forms.CharField(
        label=_("ISBN"), max_length=20, required=False, help_text=_("Oder die Nummer des Ladens. Darf leer bleiben.")
    )
    price_cents = EuroField(label=_("Ladenpreis in Euro"), required=False)
    channels = forms.CharField(
        label=_("Wo wird sie verkauft?"), max_length=300, initial="Buchhandel",
        help_text=_("Mehrere durch Komma getrennt, so wie sie in Verkaufsberichten heißen."),
    )  # fmt: skip

    def clean_channels(self) -> list[str]:
        return list(
            dict.fromkeys(part.strip()[:80] for part in self.cleaned_data["channels"].split(",") if part.strip())
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if not given.get("title") and not given.get("isbn"):
            raise forms.ValidationError(_("Schreib den Titel oder die ISBN dazu."))
        return given


class ShopForm(forms.Form):
    name = forms.CharField(label=_("Wie heißt der Laden?"), max_length=80)
    url = forms.URLField(label=_("Adresse"), max_length=500, assume_scheme="https")
    local = forms.BooleanField(label=_("Buchladen vor Ort"), required=False)
    affiliate = forms.BooleanField(
        label=_("Der Laden zahlt uns für den Klick"), required=False,
        help_text=_("Steht dann als Anzeige auf der Seite. Die Einnahme ist eigenes Geld, kein Erlös des Buchs."),
    )  # fmt: skip


class RateForm(forms.Form):
    cents = EuroField(label=_("Erlös je Exemplar in Euro"))
    first = forms.DateField(label=_("Gilt ab"), widget=DayInput())
    until = forms.DateField(label=_("bis vor"), required=False, widget=DayInput(), help_text=_("Leer: noch immer."))
    source = forms.CharField(label=_("Wer sagt das?"), max_length=300)


class SaleForm(forms.Form):
    copies = forms.IntegerField(label=_("Exemplare"), min_value=-1_000_000, max_value=10_000_000)
    first = forms.DateField(label=_("Erster Tag"), widget=DayInput())
    last = forms.DateField(label=_("Letzter Tag"), widget=DayInput())
    royalty = EuroField(label=_("Erlös laut Quelle in Euro"), required=False, help_text=_("Leer: nach dem Satz."))
    state = forms.ChoiceField(label=_("Wie sicher?"), choices=Selling.choices)
    source = forms.CharField(label=_("Woher?"), max_length=300)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _("Der letzte Tag liegt vor dem ersten."))
        return data


class ReportForm(forms.Form):
    report = forms.FileField(label=_("Verkaufsbericht"), help_text=_("XLSX von KDP, oder eine Tabelle (CSV, XLSX)."))
    state = forms.ChoiceField(label=_("Wie sicher?"), choices=Selling.choices)
    source = forms.CharField(label=_("Woher?"), max_length=300)
    edition = forms.ChoiceField(label=_("Ausgabe, wenn die Tabelle keine ISBN nennt"), required=False)
    date = forms.IntegerField(label=_("Spalte mit dem Tag (1, 2, 3 …)"), required=False, min_value=1, max_value=200)
    copies = forms.IntegerField(label=_("Spalte mit den Exemplaren"), required=False, min_value=1, max_value=200)
    isbn = forms.IntegerField(label=_("Spalte mit der ISBN"), required=False, min_value=1, max_value=200)
    royalty = forms.IntegerField(label=_("Spalte mit dem Erlös"), required=False, min_value=1, max_value=200)
    returned = forms.IntegerField(label=_("Spalte mit den Rückgaben"), required=False, min_value=1, max_value=200)
    channel = forms.IntegerField(label=_("Spalte mit dem Verkaufsweg"), required=False, min_value=1, max_value=200)
    header = forms.IntegerField(label=_("Zeilen über den Zahlen"), required=False, min_value=0, max_value=50, initial=1)
    decimal = forms.ChoiceField(label=_("Dezimalzeichen"), choices=[(",", "12,50"), (".", "12.50")], initial=",")

    @property
    def columns(self) -> dict[str, int]:
        """The columns as given, counted from 0; empty: KDP's own report."""
        names = ("date", "copies", "isbn", "royalty", "returned", "channel")
        return {name: self.cleaned_data[name] - 1 for name in names if self.cleaned_data.get(name)}

    @property
    def mapping(self) -> SalesMapping:
        columns: Any = self.columns
        data = self.cleaned_data
        return SalesMapping(columns, header=data["header"] or 0, decimal=data["decimal"])
