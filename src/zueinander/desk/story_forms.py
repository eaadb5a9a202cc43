"""What the organiser of a story fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zueinander.shared.money import AmountError, parse_amount
from zueinander.story.models import Story, Update

PLACES = _("Angaben über die Familie stehen als [[kürzel]] im Text. Überschriften, Listen und Links in Markdown.")


def _text(label: Any, rows: int, help_text: Any = "", required: bool = False) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=30_000, widget=box)


def _english(label: Any, rows: int = 0) -> forms.CharField:
    """The English text beside a German one; `rows` 0: one line."""
    if rows:
        return _text(label, rows)
    return forms.CharField(label=label, required=False, max_length=300)


class InEnglish(forms.Form):
    """A form in which each field named `<text>_en` is the English one of the text."""

    @property
    def german_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self if not bound.name.endswith("_en")]

    @property
    def english_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self if bound.name.endswith("_en")]

    @property
    def english(self) -> dict[str, str]:
        return {bound.name.removesuffix("_en"): self.cleaned_data[bound.name] for bound in self.english_fields}

    @property
    def english_begun(self) -> bool:
        return any(bound.value() or bound.errors for bound in self.english_fields)


class StoryForm(InEnglish):
    title = forms.CharField(label=_("Überschrift"), max_length=160)
    subtitle = forms.CharField(label=_("Ein Satz darunter"), max_length=300, required=False)
    appeal = _text(_("Der Aufruf"), 10, PLACES)
    need = _text(_("Was gebraucht wird"), 5)
    goal = forms.CharField(
        label=_("Ziel in Euro"), required=False, max_length=20, help_text=_("Zum Beispiel 12.000. Darf leer bleiben.")
    )
    way = _text(_("Wie das Geld ankommt"), 5, _("Wer führt das Konto, wie oft wird weitergegeben?"))
    organiser = _text(_("Wer das organisiert"), 4)
    binding = _text(_("Was euch mit der Familie verbindet"), 4)
    surplus = _text(_("Was mit mehr geschieht, als gebraucht wird"), 3)
    title_en = _english(_("Überschrift auf Englisch"))
    subtitle_en = _english(_("Ein Satz darunter, auf Englisch"))
    appeal_en = _english(_("Der Aufruf auf Englisch"), 10)
    need_en = _english(_("Was gebraucht wird, auf Englisch"), 5)
    way_en = _english(_("Wie das Geld ankommt, auf Englisch"), 5)
    organiser_en = _english(_("Wer das organisiert, auf Englisch"), 4)
    binding_en = _english(_("Was euch mit der Familie verbindet, auf Englisch"), 4)
    surplus_en = _english(_("Was mit mehr geschieht, auf Englisch"), 3)

    def clean_goal(self) -> int | None:
        given = self.cleaned_data["goal"].replace("€", "").strip()
        try:
            cents = parse_amount(given, decimal=",", currency="EUR").units if given else None
        except AmountError:
            raise forms.ValidationError(
                _("Das lesen wir nicht als Betrag. So geht es: 12.000 oder 12.000,50")
            ) from None
        if cents is not None and cents <= 0:
            raise forms.ValidationError(_("Ein Ziel ist größer als null."))
        return cents

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in Story.TEXTS if name in self.cleaned_data}

    @staticmethod
    def initial_for(story: Story | None) -> dict[str, Any]:
        if story is None:
            return {}
        goal = f"{story.goal_cents / 100:.2f}".replace(".", ",") if story.goal_cents else ""
        return {**initial_texts(story), "goal": goal}


def initial_texts(row: Story | Update) -> dict[str, Any]:
    """All texts by the names of their fields."""
    english = {f"{name}_en": text for name, text in row.english.items()}
    return {**{name: getattr(row, name) for name in row.TEXTS}, **english}


class ClosingForm(InEnglish):
    thanks = _text(_("Euer Dank"), 4, required=True)
    surplus = _text(_("Was mit weiterem Geld geschieht"), 3, required=True)
    thanks_en = _english(_("Euer Dank auf Englisch"), 4)
    surplus_en = _english(_("Was mit weiterem Geld geschieht, auf Englisch"), 3)


class UpdateForm(InEnglish):
    title = forms.CharField(label=_("Überschrift"), max_length=160)
    text = _text(_("Text"), 12, PLACES, required=True)
    at = forms.DateTimeField(
        label=_("Geht hinaus am"), required=False, help_text=_("Nur zum Planen. Sonst leer lassen."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )  # fmt: skip
    title_en = _english(_("Überschrift auf Englisch"))
    text_en = _english(_("Text auf Englisch"), 12)

    @staticmethod
    def initial_for(update: Update | None) -> dict[str, Any]:
        return {**initial_texts(update), "at": update.publish_at} if update else {}


class CorrectionForm(InEnglish):
    title = forms.CharField(label=_("Überschrift"), max_length=160)
    text = _text(_("Text"), 12, PLACES, required=True)
    reason = forms.CharField(
        label=_("Warum berichtigst du?"), max_length=300, required=False,
        help_text=_("Steht bei der Neuigkeit, mit der alten Fassung. Für einen ersten englischen Text nicht nötig."),
    )  # fmt: skip
    title_en = _english(_("Überschrift auf Englisch"))
    text_en = _english(_("Text auf Englisch"), 12)


class FactForm(forms.Form):
    key = forms.SlugField(
        label=_("Kürzel"), max_length=40, help_text=_("Kleinbuchstaben, zum Beispiel vater. Im Text: [[vater]].")
    )
    label = forms.CharField(label=_("Worum geht es?"), max_length=80, help_text=_("Zum Beispiel: Name des Vaters"))
    text = forms.CharField(label=_("Was dann dasteht"), max_length=300)
    instead = forms.CharField(
        label=_("Was ohne Zustimmung dasteht"), max_length=200, required=False, help_text=_("Zum Beispiel: ein Vater")
    )
    text_en = forms.CharField(label=_("Was auf Englisch dasteht"), max_length=300, required=False)
    instead_en = forms.CharField(
        label=_("Was auf Englisch ohne Zustimmung dasteht"), max_length=200, required=False,
        help_text=_("Beides darf leer bleiben, dann steht auch auf Englisch das deutsche Wort."),
    )  # fmt: skip
    about_child = forms.BooleanField(label=_("Es geht um ein Kind"), required=False)

    def clean_key(self) -> str:
        return str(self.cleaned_data["key"]).lower()


class PictureForm(forms.Form):
    image = forms.FileField(label=_("Bild"), help_text=_("JPEG, PNG oder WebP. Ort und Kameradaten entfernen wir."))
    alt = forms.CharField(label=_("Was ist zu sehen?"), max_length=300, help_text=_("Für alle, die es nicht sehen."))
    alt_en = forms.CharField(label=_("Was ist zu sehen, auf Englisch?"), max_length=300, required=False)
    credit = forms.CharField(label=_("Wer hat es gemacht?"), max_length=120)
    update = forms.ModelChoiceField(
        label=_("Gehört zu"), queryset=Update.objects.none(), required=False, empty_label=_("zur ganzen Geschichte")
    )
    shows_child = forms.BooleanField(label=_("Ein Kind ist zu erkennen"), required=False, initial=True)
    for_press = forms.BooleanField(label=_("Darf in die Pressemappe"), required=False)
    licence = forms.CharField(label=_("Unter welchen Bedingungen?"), max_length=120, required=False)

    def __init__(self, story: Story, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["update"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = story.updates.all()


class AgreementForm(forms.Form):
    given_by = forms.CharField(label=_("Wer hat zugestimmt?"), max_length=200)
    how = forms.CharField(label=_("Wie?"), max_length=120, help_text=_("Zum Beispiel: per Mail am 3. Mai"))
    covers_child = forms.BooleanField(label=_("Gilt ausdrücklich auch für das Kind"), required=False)


class IssueForm(forms.Form):
    subject = forms.CharField(label=_("Betreff"), max_length=160)
    text = _text(_("Text der Mail"), 10, PLACES, required=True)
