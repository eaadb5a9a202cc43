"""What libraries know of a book by its ISBN: the German national library first, Open Library second. Knows no Django.

Sources: SRU 1.1 of the Deutsche Nationalbibliothek with MARC21-xml (fields 020, 100, 245, 264), and the Books API of
Open Library (`jscmd=data`). Both need no key. An installation without a way out gets `None` and types the title in.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import orjson
from lxml import etree
from stdnum import isbn as isbns
from stdnum.exceptions import ValidationError

from zueinander import __version__

log = logging.getLogger(__name__)
DNB = "https://services.dnb.de/sru/dnb"
OPEN_LIBRARY = "https://openlibrary.org/api/books"
MOST = 2_000_000
"""Bytes of an answer; a record has a few thousand."""
SECONDS = 6.0
MARC = {"m": "http://www.loc.gov/MARC21/slim"}


class NotAnIsbn(ValueError):  # noqa: N818  a word, as in the room's other faults
    """The digits are not an ISBN: wrong length or wrong check digit."""


@dataclass(frozen=True, slots=True)
class Book:
    """`isbn`: thirteen digits. `year` None when the record has none. `source`: who says so."""

    isbn: str
    title: str
    author: str
    publisher: str
    year: int | None
    source: str


def client() -> httpx.Client:
    return httpx.Client(follow_redirects=True, headers={"user-agent": f"zueinander/{__version__}"})


def look_up(isbn: str, by: httpx.Client | None = None) -> Book | None:
    """The book, or None when no catalogue knows it or can be reached. Raises `NotAnIsbn`."""
    number, by = normal(isbn), by or client()
    for ask in (_ask_dnb, _ask_open_library):
        try:
            found = ask(number, by)
        except (httpx.HTTPError, ValueError, etree.XMLSyntaxError) as error:
            log.info("%s: %s", ask.__name__, type(error).__name__)
            continue
        if found is not None:
            return found
    return None


def normal(isbn: str) -> str:
    """Thirteen digits, whatever the hyphens. Raises `NotAnIsbn`."""
    try:
        return str(isbns.to_isbn13(isbns.validate(isbn))).replace("-", "")
    except ValidationError:
        raise NotAnIsbn(isbn) from None


def _get(client: httpx.Client, url: str, params: Mapping[str, str]) -> bytes:
    with client.stream("GET", url, params=dict(params), timeout=SECONDS) as answer:
        answer.raise_for_status()
        body = b""
        for part in answer.iter_bytes():
            body += part
            if len(body) > MOST:
                raise ValueError("answer too large")
    return body


def _ask_dnb(isbn: str, client: httpx.Client) -> Book | None:
    query = {
        "version": "1.1", "operation": "searchRetrieve", "query": f"num={isbn}", "recordSchema": "MARC21-xml",
        "maximumRecords": "5",
    }  # fmt: skip
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    tree = etree.fromstring(_get(client, DNB, query), parser)
    for record in tree.iterfind(".//m:record", MARC):
        if isbn in {_digits(one) for one in _values(record, "020", "a", "z")}:
            book = _of_marc(record, isbn)
            if book.title:
                return book
    return None


def _of_marc(record: Any, isbn: str) -> Book:
    first: Callable[[list[str]], str] = lambda found: found[0] if found else ""  # noqa: E731
    title = " : ".join(
        part for part in (first(_values(record, "245", "a")), first(_values(record, "245", "b"))) if part
    )
    surname, _, name = first(_values(record, "100", "a")).partition(", ")
    return Book(
        isbn=isbn,
        title=title,
        author=f"{name} {surname}".strip(),
        publisher=first(_values(record, "264", "b") or _values(record, "260", "b")),
        year=_year(first(_values(record, "264", "c") or _values(record, "260", "c"))),
        source="Deutsche Nationalbibliothek",
    )


def _values(record: Any, tag: str, *codes: str) -> list[str]:
    """Contents of subfields, without the marks that frame words ignored in sorting (U+0098, U+009C)."""
    path = f"m:datafield[@tag='{tag}']/m:subfield"
    found = [one.text or "" for one in record.iterfind(path, MARC) if one.get("code") in codes]
    return [text for text in (re.sub(r"[\x80-\x9f]", "", one).strip(" /:;,") for one in found) if text]


def _digits(text: str) -> str:
    try:
        return normal(text.split(" ")[0])
    except NotAnIsbn:
        return ""


def _year(text: str) -> int | None:
    found = re.search(r"\b(1[5-9]\d\d|20\d\d)\b", text)
    return int(found.group()) if found else None


def _ask_open_library(isbn: str, client: httpx.Client) -> Book | None:
    key = f"ISBN:{isbn}"
    answer = orjson.loads(_get(client, OPEN_LIBRARY, {"bibkeys": key, "format": "json", "jscmd": "data"}))
    given = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(given, dict) or not isinstance(given.get("title"), str):
        return None
    return Book(
        isbn=isbn,
        title=" : ".join(part for part in (given["title"], given.get("subtitle")) if isinstance(part, str) and part),
        author=", ".join(_names(given.get("authors"))),
        publisher=next(iter(_names(given.get("publishers"))), ""),
        year=_year(str(given.get("publish_date", ""))),
        source="Open Library",
    )


def _names(rows: object) -> list[str]:
    rows = rows if isinstance(rows, list) else []
    return [row["name"] for row in rows if isinstance(row, dict) and isinstance(row.get("name"), str)]
