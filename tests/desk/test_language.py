"""English is whole: every German sentence of every room has an English one, and the compiled files are current."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.test import Client
from django.urls import reverse

import zueinander
from tests.desk.conftest import World, at_desk
from zueinander.desk import words as desk_words
from zueinander.people.models import Volunteer
from zueinander.understanding.reader.tags import NEEDS

ROOMS = Path(zueinander.__file__).parent
TRANSLATED = re.compile(r"""{%\s*translate\s+(["'])(.+?)\1""")
BLOCK = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?)(?:{%\s*plural\s*%}(.*?))?{%\s*endblocktranslate\s*%}", re.DOTALL)
STRING = r""""(?:[^"\\]|\\.)+\""""
PYTHON = re.compile(rf"(?<!\w)(?:_|lazy|gettext|gettext_lazy)\(\s*((?:{STRING}\s*)+)\)")
PLURAL = re.compile(rf"ngettext\(\s*({STRING}),\s*({STRING})")
CATALOGUES = sorted(ROOMS.glob("*/locale/en/LC_MESSAGES/django.po"))


def known(path: Path) -> dict[str, tuple[str, ...]]:
    """Each German sentence, a plural as two, with all its English forms."""
    with path.open("rb") as file:
        catalogue = read_po(file) if path.suffix == ".po" else read_mo(file)
    return {one: words(m.string) for m in catalogue if m.id for one in words(m.id)}


def words(one: object) -> tuple[str, ...]:
    return (one,) if isinstance(one, str) else tuple(str(form) for form in one) if isinstance(one, Iterable) else ()


def said() -> Iterator[str]:
    for path in (path for kind in ("html", "txt", "py") for path in ROOMS.rglob(f"*.{kind}")):
        text = path.read_text("utf-8")
        if path.suffix == ".py":
            for found in [*PYTHON.findall(text), *(one for pair in PLURAL.findall(text) for one in pair)]:
                yield "".join(ast.literal_eval(part) for part in re.findall(STRING, found))
            continue
        yield from (found[1] for found in TRANSLATED.findall(text))
        yield from (re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", one.replace("%", "%%")) for pair in BLOCK.findall(text)
                    for one in pair if one)  # fmt: skip


def test_every_sentence_of_every_room_has_an_english_one() -> None:
    english = {german: forms for path in CATALOGUES for german, forms in known(path).items()}
    sentences = set(said())
    assert len(sentences) > 1000
    assert sorted(sentences - english.keys()) == []
    assert [german for german, forms in english.items() if not all(forms)] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[3].name)
def test_the_compiled_translation_is_the_newest(path: Path) -> None:
    assert known(path.with_suffix(".mo")) == known(path)


def test_english_keeps_the_places_of_names_and_figures() -> None:
    for path in CATALOGUES:
        for german, forms in known(path).items():
            for one in forms:
                assert names(one) == names(german) or len(forms) > 1, german


def names(text: str) -> set[str]:
    return set(re.findall(r"%(?:\(\w+\))?[sd]", text))


def test_everything_the_reader_can_tag_has_a_word_at_the_desk() -> None:
    assert set(NEEDS) - set(desk_words.NEEDS) == set()


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


def test_a_language_has_its_name(world: World, ada: Volunteer, english: Client) -> None:
    world.reading.found = {**world.reading.found, "needs": ["language:fa", "language:dgs"]}
    world.reading.save()
    address = reverse("desk:case", args=[world.case.pk])
    page = at_desk(ada).get(address).content.decode()
    assert "Persisch, Deutsche Gebärdensprache" in page
    assert "Persian, German Sign Language" in english.get(address).content.decode()
    assert not re.search(r">[^<]*language:", page)
