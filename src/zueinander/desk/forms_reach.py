"""What the team notes about reach and press."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zueinander.desk.forms import DayInput
from zueinander.reach.models import LONGEST_QUOTE, Measure, Medium


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ObservationForm(forms.Form):
    measure = forms.ChoiceField(label=_("Was wurde gemessen?"), choices=Measure.choices, initial=Measure.RANK)
    subject = forms.CharField(
        label=_("Woran?"),
        max_length=300,
        required=False,
        help_text=_("Zum Beispiel ISBN und Laden, Beitrag oder Netz."),
    )
    value = forms.IntegerField(label=_("Wert"), min_value=0, max_value=10**15)
    at = forms.DateTimeField(label=_("Wann war das so?"), widget=MomentInput())
    source = forms.CharField(label=_("Wer sagt das?"), max_length=200)
    source_url = forms.URLField(label=_("Adresse der Quelle"), max_length=500, required=False, assume_scheme="https")

    def clean_at(self) -> object:
        at = self.cleaned_data["at"]
        if at > timezone.now() + timedelta(minutes=5):
            raise forms.ValidationError(_("Das liegt in der Zukunft. Ein Messwert ist gesehen worden."))
        return at


class CorrectionForm(forms.Form):
    value = forms.IntegerField(
        label=_("Richtiger Wert"), min_value=0, max_value=10**15, help_text=_("Der falsche bleibt sichtbar stehen.")
    )


class CoverageForm(forms.Form):
    outlet = forms.CharField(label=_("Medium"), max_length=120, help_text=_("Zeitung, Sender oder Seite."))
    title = forms.CharField(label=_("Überschrift"), max_length=300)
    url = forms.URLField(label=_("Adresse"), max_length=500, required=False, assume_scheme="https")
    kind = forms.ChoiceField(label=_("Art"), choices=Medium.choices, initial=Medium.ONLINE)
    published_on = forms.DateField(label=_("Erschienen am"), widget=DayInput())
    quote = forms.CharField(
        label=_("Ein kurzes Zitat"), max_length=LONGEST_QUOTE, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Höchstens 300 Zeichen, wörtlich, und nur wenn wir uns darauf beziehen. Darf leer bleiben."),
    )  # fmt: skip
    copy = forms.FileField(
        label=_("Kopie für uns"), required=False,
        help_text=_("Die Seite als Datei, höchstens 5 MB. Sie wird verschlüsselt aufgehoben und nie veröffentlicht."),
    )  # fmt: skip

    def clean_copy(self) -> object:
        given = self.cleaned_data["copy"]
        if given and given.size > 5_000_000:
            raise forms.ValidationError(
                _("Die Datei ist größer als 5 MB. Speichere die Seite ohne Bilder oder als Text.")
            )
        return given


class PressForm(forms.Form):
    outlet = forms.CharField(label=_("Medium"), max_length=120)
    name = forms.CharField(label=_("Wer fragt?"), max_length=120)
    reach_at = forms.CharField(label=_("Wie zu erreichen?"), max_length=200)
    question = forms.CharField(label=_("Was ist die Frage?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    answer_by = forms.DateTimeField(label=_("Antwort bis"), required=False, widget=MomentInput())


class PressAnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Was haben wir geantwortet?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
