"""The journal is read by people: every verb and every detail that is written anywhere has German words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

import zueinander
from tests.desk.conftest import World, at_desk
from zueinander.desk import history, verbs
from zueinander.desk.words import WARNINGS
from zueinander.journal.actions import record
from zueinander.journal.models import Entry
from zueinander.networks import rules
from zueinander.people.models import Volunteer
from zueinander.shared.lifecycle import Lifecycle

SOURCE = Path(zueinander.__file__).parent
MOVED = {"referral_": "Referral", "statement_": "Statement file", "sale_": "Sale"}  # verbs made of states


def calls(name: str) -> Iterator[tuple[Path, ast.Module, ast.Call]]:
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield path, tree, node


def strings(value: ast.expr, tree: ast.Module) -> set[str]:
    """What an expression can be, as far as the source says it; fails for one that cannot be followed."""
    match value:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=one, orelse=other):
            return strings(one, tree) | strings(other, tree)
        case ast.JoinedStr(values=[ast.Constant(value=str(prefix)), _]) if prefix in MOVED:
            return {prefix + state for state in states_of(MOVED[prefix])}
        case ast.Name(id=name):
            return set().union(*(strings(given, tree) for given in handed_in(name, tree)))
    pytest.fail(f"a verb nobody can follow: {ast.unparse(value)}")


def states_of(lifecycle: str) -> set[str]:
    """The states that something moves to; of a referral the answer to the question has its own verb."""
    found = next(one for one in Lifecycle.all if one.name == lifecycle)
    return set().union(*found.steps.values()) - ({"consented", "refused"} if lifecycle == "Referral" else set())


def handed_in(name: str, tree: ast.Module) -> Iterator[ast.expr]:
    """Everything this module hands to the parameter of that name."""
    for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
        places = [a.arg for a in function.args.args]
        if name not in places:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function.name:
                yield from node.args[places.index(name) :][:1]


def journal_writers() -> list[tuple[Path, ast.Module, ast.Call]]:
    found = [
        (p, t, c) for p, t, c in calls("record") if "journal.actions" in p.read_text() or p.parent.name == "people"
    ]
    assert len(found) > 50
    return found


def test_every_verb_has_german_words() -> None:
    found = {verb for _, tree, call in journal_writers() for verb in strings(call.args[0], tree)}
    assert found - set(verbs.VERBS) == set(), "give them words in desk/verbs.py"


def test_every_detail_is_said_in_words_or_left_out_on_purpose() -> None:
    names = {k.arg for _, _, call in journal_writers() for k in call.keywords} - {"actor", None}
    assert names - set(history.DETAILS) == set(), "say or leave them out in desk/history.py"


def test_every_reason_why_nothing_was_sent_has_words() -> None:
    reasons = {getattr(rules, n) for n in dir(rules) if n.isupper() and isinstance(getattr(rules, n), str)}
    assert reasons - set(verbs.REASONS) == set()
    assert {"messenger", "link", "iban", "gift_card", "money"} <= set(WARNINGS)


def test_the_history_says_who_what_and_when(world: World, ada: Volunteer, bo: Volunteer) -> None:
    record("rejected", world.match, world.match.seek, actor=f"volunteer:{ada.pk}", reason="too_far")
    record("answered", world.match, world.match.seek, actor=f"person:{world.seeker.pk}", yes=False)
    record("settled", world.match, world.match.seek)
    record("taken_over", world.case, world.seeker, actor=f"volunteer:{ada.pk}", had=f"volunteer:{bo.pk}")
    page = at_desk(ada).get(reverse("desk:person", args=[world.seeker.pk])).content.decode()
    for said in (
        "Ada hat den Vorschlag abgelehnt", "(zu weit)", "die Person hat auf den Vorschlag geantwortet", "(nein)",
        "die Maschine hat beide Zusagen eingetragen", "Ada hat den Fall übernommen", "(vorher bei Bo)",
    ):  # fmt: skip
        assert said in page
    assert timezone.localdate(Entry.objects.filter(verb="rejected").get().at).isoformat() in page  # the reader's day


def test_one_verb_means_different_things_of_different_rows(world: World) -> None:
    record("closed", world.campaign)
    assert history.events(Entry.objects.all())[-1].what == "hat die Aktion beendet"
