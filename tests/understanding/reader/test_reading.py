# ruff: noqa: E501
"""What volunteers rely on: who gives and who asks, party and seats, danger, contact data, minors."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from zueinander.understanding.reader import INTENTS, Reader, Reading, regress, train, train_behalf
from zueinander.understanding.reader.company import relayed
from zueinander.understanding.reader.examples import MODELLED, TILTED, Example, corpus, for_whom
from zueinander.understanding.reader.fold import fold
from zueinander.understanding.reader.letters import groups
from zueinander.understanding.reader.model import Model
from zueinander.understanding.reader.net import COLUMNS
from zueinander.understanding.reader.train import Extractor, fit, macro_f1, names, parts, prepared
from zueinander.understanding.reader.train_behalf import Told

INTENT = [
    ("Wir haben am 24. noch zwei Stühle frei, Marburg", "offer"),
    ("Wer möchte mit uns Silvester feiern? Bei uns in Lingen ist Platz.", "offer"),
    ("Bin Heiligabend allein und suche Gesellschaft in Lingen", "seek"),
    ("Wer hat noch einen Platz für mich? Marburg", "seek"),
    (
        "Wer hätte noch ein Plätzchen frei zum Fondue am 30.? Wir sind drei Studentinnen aus Chile, gerade in Gera, "
        "und bringen Empanadas mit.",
        "seek",
    ),
    ("Wer hat noch keinen Platz für Silvester? Bei uns in Suhl sind zwei Stühle frei.", "offer"),
    ("RT @person: Niemand soll allein sein, bitte teilen", "amplify"),
    ("Hab das Buch gerade bestellt!", "thanks"),
    ("Ich will nicht mehr leben", "crisis"),
    ("Silvesterparty, Tickets ab 49 € jetzt sichern", "spam"),
]


@pytest.mark.parametrize(("text", "intent"), INTENT)
def test_the_plain_cases_are_never_confused(reader: Reader, text: str, intent: str) -> None:
    assert reader.read(text).intent == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Bitte weitersagen, eine Bekannte in Iserlohn sucht für die Feiertage Anschluss. Kontakt gern über mich", "seek"),
        ("Bitte retweeten! Ein Freund aus Bonn sucht ein Plätzchen an Silvester. Schreibt mir.", "seek"),
        ("RT bitte! Für eine alte Dame in Kiel wird Gesellschaft an Heiligabend gesucht, ich vermittle.", "seek"),
        ("Teilt das bitte: Mein Onkel in Suhl sucht Gesellschaft für den 1. Feiertag, meldet euch bei mir.", "seek"),
        ("Please share! A friend in Lübeck needs a place to stay on Christmas Eve, contact me.", "seek"),
        ("Bitte teilen, was @anna geschrieben hat: sie sucht einen Platz in Mainz.", "amplify"),
        ("Bitte weitersagen: die Wärmestube in Jena sucht noch Helfende, Kontakt über das Büro dort.", "amplify"),
        ("RT @kirsten: Mein Onkel in Hameln sucht Anschluss am 24. Meldet euch bei mir!", "amplify"),
    ],
)  # fmt: skip
def test_who_takes_the_answers_for_a_friend_asks_and_who_points_at_a_post_shares(
    reader: Reader, text: str, intent: str
) -> None:
    """Who is asked for must not be lost among the posts that are only passed on."""
    reading = reader.read(text)
    assert reading.intent == intent == max(reading.intent_scores, key=reading.intent_scores.__getitem__)
    assert reading.on_behalf == (intent == "seek")


@pytest.fixture(scope="module")
def held(reader: Reader) -> list[tuple[str, Reading]]:
    """What is true of each text of the fixed test set, and what the reader says."""
    return [(e.intent, reader.read(e.text)) for e in corpus(test=True)]


def test_on_the_fixed_set_the_model_is_no_worse_than_its_card_says(held: list[tuple[str, Reading]]) -> None:
    assert macro_f1([true for true, _ in held], [read.intent for _, read in held])[0] >= 0.8


def test_on_the_fixed_set_danger_is_seen_and_seldom_called_where_none_is(held: list[tuple[str, Reading]]) -> None:
    seen = [read.danger == "acute" for true, read in held if true == "crisis"]
    called = [read.danger == "acute" for true, read in held if true != "crisis"]
    assert sum(seen) / len(seen) >= 0.85
    assert sum(called) / len(called) <= 0.05


def test_no_text_of_the_fixed_set_is_trained_on() -> None:
    assert not {e.text for e in corpus(test=True)} & {e.text for e in corpus()}


def test_the_same_texts_give_the_same_model(tmp_path: Path) -> None:
    ready = prepared(corpus()[::40], Extractor())
    one, other = tmp_path / "one.npz", tmp_path / "other.npz"
    fit(ready).save(one)
    fit(ready).save(other)
    assert one.read_bytes() == other.read_bytes()


def test_signs_that_say_next_to_nothing_are_not_kept_and_talk_gets_its_lean(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = prepared(corpus()[::150], Extractor())
    model = fit(ready)
    assert 0 < len(model.rows) < len(names(ready))
    assert np.abs(model.weights[:-1, : len(INTENTS)]).max(1).min() >= train.QUIET
    lean = dict.fromkeys(INTENTS, 0.0) | train.LEAN
    assert lean["both"] < lean["seek"] == 0 < lean["comment"]
    monkeypatch.setattr(train, "LEAN", {})
    leans = (model.bias - fit(ready).bias)[: len(INTENTS)]
    assert dict(zip(INTENTS, leans, strict=True)) == pytest.approx(lean, abs=1e-5)


def test_signs_that_are_written_small_are_learnt_as_soon_as_loud_ones() -> None:
    """A hundredth of the value at the price that goes with it says the same, however few steps are taken."""
    chance = np.random.default_rng(3)
    seen = sparse.csr_matrix(chance.random((400, 90)) * (chance.random((400, 90)) < 0.1))
    target = np.argmax(seen @ chance.normal(size=(90, 3)) + chance.normal(size=(400, 3)) / 9, axis=1)
    small = np.where(np.arange(90) % 2, 0.01, 1.0)

    def said(scale: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        some = sparse.csr_matrix(seen @ sparse.diags(scale))
        weights, bias = regress.regress(some, target, np.ones(400), 0.1 * scale**2, kinds=3)
        return np.asarray(some @ weights + bias)

    assert said(small) == pytest.approx(said(np.ones(90)), abs=1e-3)


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("Mein Link geht nicht mehr", "none"),
        ("Bitte löscht meine Daten", "none"),
        ("Ich brauche einen neuen Link", "none"),
        ("Bitte meldet mich von der Liste ab", "none"),
        ("Löscht meinen Eintrag, ich bin bald nicht mehr da", "acute"),
        ("Den Link brauche ich nicht mehr. Ich brauche bald gar nichts mehr", "acute"),
    ],
)
def test_messages_about_the_service_call_nobody_unless_despair_is_in_them(
    reader: Reader, text: str, danger: str
) -> None:
    assert reader.read(text, channel="direct").danger == danger


def test_for_whom_a_text_is_is_learnt_and_changes_no_intent() -> None:
    model = Model(["w:mich", "w:sie"], np.zeros((2, COLUMNS)), np.zeros(COLUMNS), 1.0, "toy")
    told = [(["w:sie"], ["sie"], True), (["w:mich"], ["mich"], False)]
    some = [Told(features, words, False, "seek", 1.0, theirs) for features, words, theirs in told * 200]
    train_behalf.teach(model, some)
    mine, hers = model.weights[[model.rows["w:mich"], model.rows["w:sie"]], train_behalf.LAST]
    assert mine < -1 < 1 < hers
    assert not model.weights[:, : len(INTENTS)].any()


def test_texts_are_marked_for_whom_they_are() -> None:
    marked = Counter(e.relayed for e in corpus())
    assert 4_000 < marked[True] < marked[False] / 3
    assert {e.intent for e in corpus() if e.relayed is not None} == {"seek", "offer", "both"}
    alone = Counter((e.intent in ("seek", "offer", "both"), e.relayed) for e in for_whom())
    assert alone.keys() == {(True, True), (True, False)}
    assert 1_500 < alone[True, True] < alone[True, False]


@pytest.mark.parametrize(
    ("text", "behalf"),
    [
        ("Ein Papa aus unserer Beratungsstelle weiß nicht, wovon er die Ranzen seiner Zwillinge kaufen soll. Wer hilft? Gera", True),
        ("Kumpel von mir, blind, neu in Jena, hat über die Feiertage niemanden. Wo darf er dazukommen?", True),
        ("Der Mann, der vor dem Bahnhof in Zwickau schläft, braucht einen warmen Schlafsack. Hat wer einen?", True),
        ("Beim Brand in der Gartenstraße ist der Kinderwagen der jungen Familie von oben verbrannt. Hat jemand einen?", True),
        ("Neu in Jena und über die Feiertage niemanden hier. Wo darf ich dazukommen?", False),
        ("Bei uns ist der Kinderwagen verbrannt. Hat jemand einen abzugeben?", False),
        ("Unser Chor sucht Stimmen für den 24., wer singt mit? Gera", False),
    ],
)  # fmt: skip
def test_who_is_told_of_is_heard_where_no_pattern_hears_it(reader: Reader, text: str, behalf: bool) -> None:
    assert not relayed("seek", fold(text))
    assert reader.read(text).on_behalf is behalf


def test_texts_modelled_on_real_ones_have_a_weight_of_their_own() -> None:
    weights = {(e.author.startswith("real-"), e.hand in TILTED): e.weight for e in corpus()}
    assert weights == {(True, False): MODELLED, (False, True): 0.5, (False, False): 1.0}


def test_corrections_leave_no_letters_of_their_own_in_the_model() -> None:
    read = Extractor()
    ready = prepared(corpus()[::60], read)
    known = {number for row in ready for number in row.seen.letters}
    secret = prepared([Example("Xqzwyk Jfvpqx", "seek", "corrections", 5.0)], read)
    model = fit(ready, extra=secret)
    unseen = [number for number in secret[0].seen.letters if number not in known]
    assert unseen
    assert not model.letters[unseen].any()


def test_a_misspelt_word_keeps_most_of_its_letter_groups() -> None:
    right, wrong = set(groups("gesellschaft")), set(groups("geselschaft"))
    assert len(right & wrong) > len(right) / 2


def test_who_wrote_a_text_is_never_on_both_sides() -> None:
    examples = corpus()
    dealt = parts(examples)
    sides = [{examples[i].hand for i in part} for part in dealt]
    assert not any(one & other for n, one in enumerate(sides) for other in sides[n + 1 :])
    assert sorted(i for part in dealt for i in part) == list(range(len(examples)))
    assert max(map(len, dealt)) < 1.1 * min(map(len, dealt))


@pytest.mark.parametrize(
    ("file", "hand"),
    [("real-ca01", "real-ca"), ("real-c12", "real-c"), ("b07-night", "b"), ("long-alps", "long-alps"), ("a3", "a")],
)
def test_files_of_one_hand_are_numbered(file: str, hand: str) -> None:
    assert Example("x", "seek", file).hand == hand


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
    "Meine Cousine traut sich nicht heim, weil ihr Freund sie gestern gewürgt hat",
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
    "Damals ging ich, weil er mich geschlagen hat, heute bin ich frei und koche für andere",
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


@pytest.mark.parametrize(
    "text",
    [
        "Meine Tochter ist 15, ich bin alleinerziehend",
        "Mama mit Sohn, 12, sucht Gesellschaft",
        "Mein Sohn geht in die Schule und freut sich auf Besuch",
    ],
)
def test_a_parent_who_names_the_age_of_a_child_is_no_minor(reader: Reader, text: str) -> None:
    reading = reader.read(text)
    assert not reading.minor
    assert reading.age is None


@pytest.mark.parametrize("text", ["Ich bin 15 und allein", "Meine kleine Schwester und ich, 15, sind allein"])
def test_a_minor_is_still_seen(reader: Reader, text: str) -> None:
    assert reader.read(text).minor


def test_a_text_reads_the_same_alone_and_in_company(reader: Reader) -> None:
    texts = [example.text for example in corpus()[::11]]
    assert reader.read_batch([{"text": text} for text in texts]) == [reader.read(text) for text in texts]
