"""What the team notes about reach and press."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zueinander.desk.forms import DayInput
from zueinander.reach.models import LONGEST_QUOTE, Measure, Medium, PressContact
from zueinander.reach.outside import MOST


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
    """A piece in the media. With an address alone, the rest is read from the page and looked through afterwards."""

    url = forms.URLField(
        label=_("Adresse"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Steht sie da, holen wir eine Kopie für uns und lesen Medium, Überschrift und Tag von der Seite."),
    )  # fmt: skip
    outlet = forms.CharField(
        label=_("Medium"), max_length=120, required=False, help_text=_("Zeitung, Sender oder Seite.")
    )
    title = forms.CharField(label=_("Überschrift"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("Art"), choices=Medium.choices, initial=Medium.ONLINE)
    published_on = forms.DateField(label=_("Erschienen am"), widget=DayInput(), required=False)
    quote = forms.CharField(
        label=_("Ein kurzes Zitat"), max_length=LONGEST_QUOTE, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Höchstens 300 Zeichen, wörtlich, und nur wenn wir uns darauf beziehen. Darf leer bleiben."),
    )  # fmt: skip
    public = forms.BooleanField(
        label=_("Auf unserer Seite zeigen"), required=False, initial=True,
        help_text=_("Erst wenn Medium, Überschrift und Tag dastehen."),
    )  # fmt: skip
    copy = forms.FileField(
        label=_("Kopie für uns"), required=False,
        help_text=_("Die Seite als Datei, höchstens 5 MB. Sie wird verschlüsselt aufgehoben und nie veröffentlicht."),
    )  # fmt: skip

    def clean_copy(self) -> object:
        given = self.cleaned_data["copy"]
        if given and given.size > MOST:
            raise forms.ValidationError(
                _("Die Datei ist größer als 5 MB. Speichere die Seite ohne Bilder oder als Text.")
            )
        return given

    def clean(self) -> None:
        super().clean()
        if not self.cleaned_data.get("url"):
            for name in ("outlet", "title", "published_on"):
                if name not in self.errors and not self.cleaned_data.get(name):
                    self.add_error(name, _("Ohne Adresse brauchen wir das."))


class ContactField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    def label_from_instance(self, obj: PressContact) -> str:
        return f"{obj.name} ({obj.outlet})"


class PressForm(forms.Form):
    """`contact`: somebody who asked before; else who they are."""

    contact = ContactField(
        PressContact.objects.all(), label=_("Wer fragt?"), required=False, empty_label=_("jemand Neues")
    )
    outlet = forms.CharField(label=_("Medium"), max_length=120, required=False)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    reach_at = forms.CharField(label=_("Wie zu erreichen?"), max_length=200, required=False)
    question = forms.CharField(label=_("Was ist die Frage?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    asked_at = forms.DateTimeField(label=_("Wann kam sie?"), widget=MomentInput())
    answer_by = forms.DateTimeField(
        label=_("Antwort bis"), required=False, widget=MomentInput(),
        help_text=_("Bis dahin steht sie in der Warteschlange. Ohne Frist: zwei Tage."),
    )  # fmt: skip

    def clean(self) -> None:
        super().clean()
        if not self.cleaned_data.get("contact"):
            for name in ("outlet", "name", "reach_at"):
                if name not in self.errors and not self.cleaned_data.get(name):
                    self.add_error(name, _("Bei jemand Neuem brauchen wir das."))


class PressAnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Was haben wir geantwortet?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
