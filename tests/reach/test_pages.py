"""What a page says of itself is read where it says it, and never invented."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zueinander.reach.rules.pages import Described, described

BERLIN = ZoneInfo("Europe/Berlin")
URL = "https://www.tagblatt.example/nachrichten/1.html"


def read(body: str, type: str = "text/html; charset=utf-8") -> Described:
    return described(body.encode(), type, URL, BERLIN)


def test_schema_org_speaks_before_opengraph_and_that_before_the_title() -> None:
    ld = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
    {"@type": "WebSite", "name": "x"},
    {"@type": ["NewsArticle", "Thing"], "headline": "Ein Platz am Tisch", "datePublished": "2026-12-19T08:00:00+01:00",
    "publisher": {"@type": "Organization", "name": "Tagblatt am Bach"}}]}</script>"""
    graph = '<meta property="og:title" content="Tisch frei"><meta property="og:site_name" content="Tagblatt">'
    title = "<title>Tisch | Tagblatt</title>"
    assert read(title + graph + ld) == Described("Tagblatt am Bach", "Ein Platz am Tisch", date(2026, 12, 19))
    assert read(title + graph) == Described("Tagblatt", "Tisch frei", None)
    assert read(title) == Described("tagblatt.example", "Tisch | Tagblatt", None)
    assert read("") == Described("tagblatt.example", "", None)
    assert described(b"%PDF-1.7", "application/pdf", URL, BERLIN) == Described("tagblatt.example")


def test_the_day_is_the_one_here() -> None:
    late = '<meta property="article:published_time" content="2026-12-19T23:30:00Z">'
    assert read(late).published_on == date(2026, 12, 20)
    assert read(late.replace("2026-12-19T23:30:00Z", "19. Dezember")).published_on is None


@pytest.mark.parametrize(
    "said", ["{", "[]", "7", '{"@type": 7}', '{"@type": "NewsArticle", "headline": ["x"], "publisher": 3}']
)
def test_broken_descriptions_are_passed_over(said: str) -> None:
    page = f'<title>Titel</title><script type="application/ld+json">{said}</script>'
    assert read(page) == Described("tagblatt.example", "Titel", None)


def test_other_alphabets_and_wrong_names_of_them() -> None:
    page = "<title>Größe</title>".encode("latin-1")
    assert described(page, "text/html; charset=ISO-8859-1", URL, BERLIN).title == "Größe"
    assert described(b"<title>Weg</title>", "text/html; charset=quatsch", URL, BERLIN).title == "Weg"


@given(
    st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"<html><title>{text}".encode("utf-8", "ignore"))
)
def test_no_page_breaks_it(body: bytes) -> None:
    found = described(body, "text/html", URL, BERLIN)
    assert found.outlet
    assert found.title.isprintable()
