# ruff: noqa: E501
"""What volunteers rely on: who gives and who asks, party and seats, danger, contact data, minors."""

from __future__ import annotations

import pytest

from zueinander.understanding.reader import INTENTS, Reader
from zueinander.understanding.reader.examples import corpus
from zueinander.understanding.reader.train import macro_f1

INTENT = [
    ("Wir haben am 24. noch zwei Stühle frei, Marburg", "offer"),
    ("Wer möchte mit uns Silvester feiern? Bei uns in Lingen ist Platz.", "offer"),
    ("Bin Heiligabend allein und suche Gesellschaft in Lingen", "seek"),
    ("Wer hat noch einen Platz für mich? Marburg", "seek"),
    ("RT @person: Niemand soll allein sein, bitte teilen", "amplify"),
    ("Hab das Buch gerade bestellt!", "thanks"),
    ("Ich will nicht mehr leben", "crisis"),
    ("Silvesterparty, Tickets ab 49 € jetzt sichern", "spam"),
]


@pytest.mark.parametrize(("text", "intent"), INTENT)
def test_the_plain_cases_are_never_confused(reader: Reader, text: str, intent: str) -> None:
    assert reader.read(text).intent == intent


def test_on_the_fixed_set_the_model_is_no_worse_than_its_card_says(reader: Reader) -> None:
    held = corpus(test=True)
    mean, _ = macro_f1([e.intent for e in held], [reader.read(e.text).intent for e in held])
    assert mean >= 0.8


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Wir sind zu dritt und suchen Anschluss in Marburg", 3),
        ("Wir (2 Erw., 1 Baby, 1 Hund) suchen Anschluss für Silvester", 3),
        ("Alleinerziehende mit 2 Kindern sucht Gesellschaft", 3),
        ("Mein Mann und ich suchen nette Leute für Silvester", 2),
        ("Bisher sind wir 9, Platz ist für 14. Kommt zu uns nach Marburg", 5),
        ("Bei uns sind noch drei Stühle frei am 24.", 3),
        ("Noch ein Platz frei an unserem Tisch, Marburg", 1),
    ],
)
def test_party_and_places_left_are_counted(reader: Reader, text: str, people: int) -> None:
    assert reader.read(text).people == people


def test_a_neighbour_is_told_from_the_writer(reader: Reader) -> None:
    assert reader.read("Meine Nachbarin (80) sucht jemanden für Heiligabend in Marburg").on_behalf
    assert not reader.read("Ich suche jemanden für Heiligabend in Marburg").on_behalf


ACUTE = [
    "ich kann nicht mehr und will nicht mehr leben",
    "Ich bring mich heute um",
    "Hab die Tabletten vor mir liegen",
    "Mein Mann hat mich wieder geschlagen, wohin soll ich?",
    "I wott nümme läbe",
    "Das wird mein letztes Weihnachten",
    "Meine Freundin will sich umbringen, sie ist in Kiel, was soll ich tun?",
    "I want to kill myself",
    "Ohne mich wärt ihr besser dran",
]
CALM = [
    "Bei Last Christmas bring ich mich um 😂",
    "Ich lach mich tot",
    "Mein Bruder hat sich vor Jahren das Leben genommen, er fehlt mir",
    "Weihnachten ohne Oma ist traurig",
    "Ich bin so einsam, wer mag reden?",
    "Im Krimi bringt er alle um",
    "Politischer Selbstmord, was die da machen",
    "Allein, aber zufrieden",
]


@pytest.mark.parametrize("text", ACUTE)
def test_danger_is_lifted_to_a_person_with_its_words(reader: Reader, text: str) -> None:
    reading = reader.read(text)
    assert reading.danger == "acute"
    assert reading.danger_evidence


@pytest.mark.parametrize("text", CALM)
def test_jokes_grief_and_loneliness_are_not_acute(reader: Reader, text: str) -> None:
    assert reader.read(text).danger != "acute"


def test_a_predatory_offer_and_a_fraud_are_named(reader: Reader) -> None:
    bad = reader.read("Junge Frau kann gratis bei mir schlafen, bitte Bild schicken")
    assert "predatory" in {e.kind for e in bad.danger_evidence}
    assert "fraud" in {e.kind for e in reader.read("Schick mir einen Paysafe-Code").danger_evidence}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ruf an: 0171 2345678", "phone"),
        ("+43 664 1234567", "phone"),
        ("Mail an anna@beispiel.de bitte", "mail"),
        ("Wir wohnen Gartenstraße 12a", "address"),
        ("DE02 1203 0000 0000 2020 51", "iban"),
        ("siehe https://beispiel.de/x", "link"),
    ],
)
def test_contact_data_are_marked(reader: Reader, text: str, kind: str) -> None:
    assert kind in {c.kind for c in reader.read(text).contact}


def test_prices_and_dates_are_no_contact_data(reader: Reader) -> None:
    assert reader.read("24.12.2026 um 18:30 Uhr, 50823 Köln, 14 Leute").contact == ()


def test_a_minor_is_noticed(reader: Reader) -> None:
    assert reader.read("Ich bin 15 und an Silvester allein").minor
    assert not reader.read("Ich bin 51 und am 15. allein").minor


def test_needs_become_tags(reader: Reader) -> None:
    found = reader.read("Vegane Rollstuhlfahrerin mit Hund sucht Spieleabend").needs
    assert {"vegan", "wheelchair", "dog", "boardgames"} <= set(found)


def test_another_language_is_passed_on_with_low_confidence(reader: Reader) -> None:
    reading = reader.read("Bonjour, je suis seule pour Noël et je cherche une famille avec qui fêter dans la ville")
    assert reading.lang == "fr"
    assert reading.confidence < 0.45


def test_the_json_has_the_agreed_fields_and_scores_add_up(reader: Reader) -> None:
    answer = reader.read("Noch ein Platz frei am 24., Kempten").to_json()
    assert set(answer) == {
        "intent", "intent_scores", "topic", "places", "when", "people", "seats", "needs", "conditions", "age", "on_behalf",
        "danger", "danger_evidence", "minor", "contact", "confidence", "version",
    }  # fmt: skip
    assert set(answer["intent_scores"]) == set(INTENTS)
    assert sum(answer["intent_scores"].values()) == pytest.approx(1, abs=0.002)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Große Runde 🎄 in Lingen: wir haben noch zwei Plätze frei für den 24.", "Plätze"),
        ("Straße 5? Egal. Wer hat noch einen Platz für mich? Marburg", "Wer hat noch einen Platz"),
    ],
)
def test_the_words_behind_the_intent_are_shown_where_they_stand(reader: Reader, text: str, words: str) -> None:
    shown = reader.read(text).cues
    assert any(words in text[cue.start : cue.end] for cue in shown)
    assert all(0 <= cue.start < cue.end <= len(text) for cue in shown)
