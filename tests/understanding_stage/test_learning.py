"""Corrections are learned from while people let us keep their words, and only when the reader gets better by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from django.utils import timezone

from tests.flowing import arrive, make_account, make_volunteer, said
from zueinander.journal.models import Entry
from zueinander.networks.port import Deleted
from zueinander.people.actions import give_consent, withdraw_consent
from zueinander.people.models import AgeBand, Person, Purpose
from zueinander.understanding import learning
from zueinander.understanding.actions import correct, read_waiting
from zueinander.understanding.models import Reading
from zueinander.understanding.reader import VERSION, train
from zueinander.understanding.reader.examples import Example, corpus
from zueinander.understanding.reader.model import Model, empty
from zueinander.understanding.reader.tables import unpacked

pytestmark = pytest.mark.django_db
TEXT = "Noch zwei Stühle frei in Worms"
Better = Callable[[list[Example], str, Model], tuple[Model | None, float, float]]


@pytest.fixture
def corrected() -> Person:
    """Somebody who consented, and whose text a volunteer read better than the machine."""
    arrive(make_account(), said(TEXT, native_id="a"))
    read_waiting()
    person = Person.objects.get()
    give_consent(person=person, purposes=[Purpose.MATCH])
    correct(Reading.objects.get(), by=make_volunteer(), intent="both")
    return person


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(learning, "config", lambda: SimpleNamespace(data=tmp_path))
    return tmp_path


def judged(monkeypatch: pytest.MonkeyPatch, new: float, old: float) -> list[list[Example]]:
    """Stands in for a minute of training: a model that reaches `new` where the shipped one reaches `old`."""
    asked: list[list[Example]] = []

    def better(extra: list[Example], version: str, than: Model) -> tuple[Model | None, float, float]:
        asked.append(extra)
        model = empty()
        model.version = version
        return (model if new > old else None), new, old

    monkeypatch.setattr(train, "better", better)
    return asked


def test_a_correction_is_a_lesson(corrected: Person) -> None:
    assert [(one.text, one.intent) for one in learning.lessons()] == [(TEXT, "both")]


def test_consent_taken_back_ends_the_lesson(corrected: Person) -> None:
    withdraw_consent(person=corrected, purpose=Purpose.MATCH)
    assert learning.lessons() == []


def test_whoever_said_stop_teaches_nothing(corrected: Person) -> None:
    Person.objects.update(stopped_at=timezone.now())
    assert learning.lessons() == []


def test_minors_teach_nothing(corrected: Person) -> None:
    Person.objects.update(age_band=AgeBand.UNDER_18)
    assert learning.lessons() == []


def test_a_text_deleted_at_the_source_is_a_lesson_no_more(corrected: Person) -> None:
    arrive(corrected.handles.get().posts.get().account or make_account(), Deleted("replay", "a"))
    assert learning.lessons() == []


def test_what_nobody_corrected_teaches_nothing() -> None:
    arrive(make_account(), said(TEXT))
    read_waiting()
    give_consent(person=Person.objects.get(), purposes=[Purpose.MATCH])
    assert learning.lessons() == []


def test_a_better_version_reads_from_then_on(corrected: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    judged(monkeypatch, 0.9, 0.8)
    version = learning.learn(least=1)
    assert version.startswith(f"{VERSION}+")
    assert learning.reader().version == version


def test_what_was_adopted_is_in_the_journal_with_its_figures(
    corrected: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(monkeypatch, 0.9, 0.8)
    version = learning.learn(least=1)
    entry = Entry.objects.get(verb="reader_adopted")
    assert entry.detail == {"what": version, "count": 1, "before": 0.8, "after": 0.9}
    assert entry.actor == "machine"


def test_what_was_rejected_is_in_the_journal_and_not_tried_again(
    corrected: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = judged(monkeypatch, 0.7, 0.8)
    assert [learning.learn(least=1), learning.learn(least=1)] == [VERSION, VERSION]
    assert [e.detail["after"] for e in Entry.objects.filter(verb="reader_kept")] == [0.7]
    assert len(asked) == 1


def test_a_version_that_is_no_better_is_not_adopted(corrected: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    judged(monkeypatch, 0.8, 0.8)
    assert learning.learn(least=1) == VERSION
    assert learning.reader().version == VERSION
    assert not learning.own_model().exists()


def test_the_same_corrections_are_not_trained_on_again(corrected: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = judged(monkeypatch, 0.9, 0.8)
    assert learning.learn(least=1) == learning.learn(least=1)
    assert len(asked) == 1


def test_when_the_words_go_the_version_made_of_them_goes(corrected: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    judged(monkeypatch, 0.9, 0.8)
    learning.learn(least=1)
    withdraw_consent(person=corrected, purpose=Purpose.MATCH)
    assert learning.learn(least=1) == VERSION
    assert not learning.own_model().exists()
    assert learning.reader().version == VERSION


def test_nobodys_words_can_be_read_out_of_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = corpus()[::25]
    monkeypatch.setattr(train, "corpus", lambda test=False: few)
    secret = Example("Qwurzmeierin sucht Gesellschaft, Qwurzmeierin", "seek", "corrections", 2.0)
    taught, plain = tmp_path / "taught.npz", tmp_path / "plain.npz"
    train.train().save(plain)
    train.train([secret, secret, secret], Model.load(plain)).save(taught)
    assert words(taught) == words(plain)
    assert not any("qwurz" in word for word in words(taught))
    assert taught.read_bytes() != plain.read_bytes()
    with np.load(taught) as new, np.load(plain) as old:  # for whom somebody speaks is not learnt from corrections
        assert np.array_equal(new["weights"][:, -1], old["weights"][:, -1])
        assert np.array_equal(new["relayed"], old["relayed"])


def words(path: Path) -> set[str]:
    with np.load(path) as data:
        return set(unpacked(data["names"]))
