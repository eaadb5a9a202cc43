"""The desk in English: every German sentence of it has an English one, and the compiled file is current."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.test import Client
from django.urls import reverse

import zueinander
import zueinander.desk
from tests.desk.conftest import World, at_desk
from zueinander.people.models import Volunteer

DESK = Path(zueinander.desk.__file__).parent
ENGLISH = DESK / "locale" / "en" / "LC_MESSAGES"
TRANSLATED = re.compile(r"""{%\s*translate\s+(["'])(.+?)\1""")
BLOCK = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?)(?:{%\s*plural\s*%}(.*?))?{%\s*endblocktranslate\s*%}", re.DOTALL)
PYTHON = re.compile(r"""(?<!\w)(?:_|lazy|gettext)\(\s*"((?:[^"\\]|\\.)+)"\s*\)""")
PLURAL = re.compile(r'ngettext\(\s*"([^"]+)",\s*"([^"]+)"')
ELSEWHERE = ("money", "story", "reach", "receipts")  # the rooms of money, story and reach have their own words


def known(file: str = "django.po") -> dict[str, object]:
    with open(ENGLISH / file, "rb") as opened:
        catalogue = read_po(opened) if file.endswith("po") else read_mo(opened)
    plain = {m.id: m.string for m in catalogue if m.id and isinstance(m.id, str)}
    return plain | {one: list(m.string) for m in catalogue if m.id and not isinstance(m.id, str) for one in m.id}


def everywhere() -> set[str]:
    """Sentences that any room has in English; they count for all."""
    files = Path(zueinander.__file__).parent.glob("*/locale/en/LC_MESSAGES/django.po")
    return {
        one
        for file in files
        for m in read_po(open(file, "rb"))
        if m.id and m.string
        for one in ([m.id] if isinstance(m.id, str) else m.id)
    }


def said() -> Iterator[str]:
    for path in [*DESK.rglob("*.html"), *DESK.rglob("*.txt"), *DESK.rglob("*.py")]:
        if any(word in str(path.relative_to(DESK)) for word in ELSEWHERE):
            continue
        text = path.read_text("utf-8")
        if path.suffix == ".py":
            yield from (bytes(found, "utf-8").decode("utf-8") for found in PYTHON.findall(text))
            yield from (one for pair in PLURAL.findall(text) for one in pair)
            continue
        yield from (found[1] for found in TRANSLATED.findall(text))
        yield from (re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", one.replace("%", "%%")) for pair in BLOCK.findall(text)
                    for one in pair if one)  # fmt: skip


def test_every_sentence_of_the_desk_has_an_english_one() -> None:
    sentences = set(said())
    assert len(sentences) > 500
    assert sorted(sentences - everywhere()) == []
    assert [german for german, english in known().items() if not english] == []


def test_the_compiled_translation_is_the_newest() -> None:
    assert known("django.mo") == known()


@pytest.fixture
def english(ada: Volunteer) -> Client:
    desk = at_desk(ada)
    desk.cookies["django_language"] = "en"
    return desk


def test_the_desk_speaks_english_to_whoever_wants_it(world: World, english: Client) -> None:
    case = english.get(reverse("desk:case", args=[world.case.pk])).content.decode()
    for said_there in ("Answered by hand", "seeks company", "Not sure what is meant (50 %).", 'lang="en"'):
        assert said_there in case
    proposal = english.get(reverse("desk:proposal", args=[world.match.pk])).content.decode()
    for said_there in ("Yes, ask both", "Needed, but not promised: with a dog."):
        assert said_there in proposal
