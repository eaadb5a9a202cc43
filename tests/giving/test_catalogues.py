"""A book is found by its ISBN where a library knows it; where none answers, nothing is invented.

In `catalogues` lie answers made after the formats both services document, with an invented book; in its folder
`recorded` answers they really gave.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from zueinander.giving.catalogues import Book, NotAnIsbn, look_up, normal

ANSWERS = Path(__file__).parent / "catalogues"
ISBN = "978-3-16-148410-0"
EMPTY = b'<searchRetrieveResponse xmlns="http://www.loc.gov/zing/srw/"><numberOfRecords>0</numberOfRecords></searchRetrieveResponse>'
Answer = Callable[[httpx.Request], httpx.Response]


def library(dnb: Answer | bytes, other: Answer | bytes = b"{}") -> httpx.Client:
    """Both services, strict about what they are asked."""

    def serve(request: httpx.Request) -> httpx.Response:
        asked = dict(request.url.params)
        if request.url.host == "services.dnb.de":
            assert asked["query"] == "num=9783161484100"
            assert (asked["operation"], asked["recordSchema"]) == ("searchRetrieve", "MARC21-xml")
            given = dnb
        else:
            assert (request.url.host, request.url.path) == ("openlibrary.org", "/api/books")
            assert asked == {"bibkeys": "ISBN:9783161484100", "format": "json", "jscmd": "data"}
            given = other
        return httpx.Response(200, content=given) if isinstance(given, bytes) else given(request)

    return httpx.Client(transport=httpx.MockTransport(serve))


def broken(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectTimeout("gone", request=request)


def test_the_national_library_is_asked_first() -> None:
    found = look_up(ISBN, library((ANSWERS / "dnb.xml").read_bytes(), broken))
    assert found == Book(
        "9783161484100",
        "Der lange Abend : Roman",
        "Kim Beispiel",
        "Verlag am Bach",
        2014,
        "Deutsche Nationalbibliothek",
    )


@pytest.mark.parametrize("dnb", [EMPTY, broken, b"<html>sorry", lambda r: httpx.Response(503)])
def test_the_other_is_asked_when_the_first_does_not_know(dnb: Answer | bytes) -> None:
    found = look_up(ISBN, library(dnb, (ANSWERS / "openlibrary.json").read_bytes()))
    assert found == Book("9783161484100", "Der lange Abend", "Kim Beispiel", "Verlag am Bach", 2014, "Open Library")


@pytest.mark.parametrize("other", [b"{}", b"[]", b"<", b'{"ISBN:9783161484100": {"title": 7}}', broken])
def test_nobody_knows_it(other: Answer | bytes) -> None:
    assert look_up(ISBN, library(EMPTY, other)) is None


def test_a_record_of_another_book_is_not_taken() -> None:
    answer = (ANSWERS / "dnb.xml").read_bytes().replace(b"9783161484100", b"9783161484117")
    assert look_up(ISBN, library(answer)) is None


def test_entities_and_endless_answers_are_refused() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + (ANSWERS / "dnb.xml").read_bytes().replace(
        b'<?xml version="1.0" encoding="UTF-8"?>', b""
    ).replace(b"Verlag am Bach", b"&x;")
    found = look_up(ISBN, library(bomb))
    assert found is None or "root" not in found.publisher
    assert look_up(ISBN, library(b"<a>" + b" " * 3_000_000 + b"</a>")) is None


@pytest.mark.parametrize(("given", "known"), [("3-16-148410-X", "9783161484100"), (ISBN, "9783161484100")])
def test_an_isbn_in_any_dress(given: str, known: str) -> None:
    assert normal(given) == known


@pytest.mark.parametrize("given", ["", "978-3-16-148410-1", "hallo", "4006381333931"])
def test_what_is_no_isbn_is_said_so(given: str) -> None:
    with pytest.raises(NotAnIsbn):
        look_up(given, library(broken))


def recorded(name: str) -> httpx.Client:
    """The service says what it said then, whatever it is asked; the other one knows nothing."""
    body = (ANSWERS / "recorded" / name).read_bytes()
    host = {"dnb": "services.dnb.de", "openlibrary": "openlibrary.org"}[name.partition("_")[0]]

    def serve(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=body) if request.url.host == host else httpx.Response(404)

    return httpx.Client(transport=httpx.MockTransport(serve))


@pytest.mark.parametrize(
    ("name", "book"),
    [
        ("dnb_9783406568442.xml", Book(
            "9783406568442",
            "Das kulturelle Gedächtnis : Schrift, Erinnerung und politische Identität in frühen Hochkulturen",
            "Jan Assmann", "Beck", 2013, "Deutsche Nationalbibliothek",
        )),
        ("dnb_9783868943238.xml", Book(
            "9783868943238", "Psychologie", "Richard J. Gerrig", "Pearson", 2018, "Deutsche Nationalbibliothek",
        )),
        ("openlibrary_9780980200447.json", Book(
            "9780980200447", "Slow reading", "John Miedema", "Litwin Books", 2009, "Open Library",
        )),
    ],
)  # fmt: skip
def test_what_the_services_really_said_is_understood(name: str, book: Book) -> None:
    assert look_up(book.isbn, recorded(name)) == book


def test_an_answer_about_another_number_is_not_taken() -> None:
    """Open Library answers under the very number it was asked for; ours has thirteen digits."""
    assert look_up("2070379043", recorded("openlibrary_2070379043.json")) is None
    assert look_up("9783406568459", recorded("dnb_9783406568442.xml")) is None
