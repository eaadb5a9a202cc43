"""English is whole: each German sentence of the public pages is translated, and the compiled file is current."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import zueinander.site

SITE = Path(zueinander.site.__file__).parent
ENGLISH = SITE / "locale" / "en" / "LC_MESSAGES"
_TRANSLATE = re.compile(r"""{%\s*translate\s+(["'])(.+?)\1\s*%}|[^_]_\((?:\s*)"((?:[^"\\]|\\.)+)"\)""")


def known() -> dict[str, str]:
    with open(ENGLISH / "django.po", "rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id}


def test_every_sentence_of_the_pages_has_an_english_one() -> None:
    translated = known()
    said = {
        found[1] or found[2]
        for path in [*SITE.rglob("*.html"), *SITE.rglob("*.py")]
        for found in _TRANSLATE.findall(path.read_text("utf-8"))
    }
    assert len(said) > 150
    assert sorted(said - translated.keys()) == []
    assert [german for german, english in translated.items() if not english] == []


def test_the_compiled_translation_is_the_newest() -> None:
    with open(ENGLISH / "django.mo", "rb") as file:
        assert {str(m.id): str(m.string) for m in read_mo(file) if m.id} == known()
