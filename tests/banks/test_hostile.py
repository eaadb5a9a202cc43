"""Files that mean harm, or are simply the wrong ones: refused, quickly and in words."""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path

import pytest

from tests.banks.make import camt, truths
from tests.banks.test_mutations import no_hang
from zueinander.banks import raw
from zueinander.banks.detect import read, read_each
from zueinander.banks.model import Refusal

BOMB = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.xml", content)
    return out.getvalue()


def with_doctype(doctype: str, amount: str, encoding: str = "UTF-8") -> bytes:
    import random

    text = camt(truths(random.Random(1), 2)).decode().split("?>", 1)[1]
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    return (head + doctype + text.replace("<Ustrd>", f"<Ustrd>{amount}", 1)).encode(encoding)


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
@pytest.mark.parametrize(
    ("doctype", "text"),
    [
        (BOMB, "&j;"),
        ('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>', "&x;"),
        ('<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>', ""),
        ('<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">', ""),
        ("<!DOCTYPE d>", ""),
    ],
)
def test_a_document_type_is_refused_before_it_acts(doctype: str, text: str, encoding: str) -> None:
    with pytest.raises(Refusal):
        read(with_doctype(doctype, text, encoding))


def test_an_external_file_never_comes_in(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    data = with_doctype(f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>', "&x;")
    with pytest.raises(Refusal) as caught:
        read(data)
    assert "geheim" not in str(caught.value)


def test_a_zip_of_statements_is_read_whole_and_file_by_file() -> None:
    import random

    kept = truths(random.Random(2), 6)
    data = packed(a=camt(kept[:3]), b=camt(kept[3:]))
    assert sum(len(statement.entries) for statement in read(data).statements) == 6
    assert [name for name, _ in read_each(data)] == ["a.xml", "b.xml"]


def test_one_broken_file_in_a_zip_stops_all_of_it_and_is_named() -> None:
    with pytest.raises(Refusal, match=r"b\.xml"):
        read(packed(a=camt([]), b=b"<x>"))


def test_zip_bombs_are_refused_while_unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(Refusal, match="zu groß"):
        read(packed(a=b"<" + b"0" * 900_000, b=b"<" + b"0" * 900_000))


@pytest.mark.parametrize("case", ["nested", "lying", "many", "empty", "broken"])
def test_strange_archives_are_refused(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = packed(a=camt([]))
    if case == "nested":
        data = packed(a=inner)
    elif case == "lying":  # the archive claims a size that its content does not have
        data = inner.replace(len(camt([])).to_bytes(4, "little"), (1).to_bytes(4, "little"))
    elif case == "many":
        monkeypatch.setattr(raw, "MAX_MEMBERS", 3)
        data = packed(**{f"f{n}": camt([]) for n in range(5)})
    elif case == "empty":
        data = packed()
    else:
        data = inner[: len(inner) // 2]
    with pytest.raises(Refusal):
        read(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  \n",
        b"%PDF-1.7\n%",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\xff\xfe\x00",
        b"<html><body>Login</body></html>",
        b"<",
        b"hello",
        b":20:x\n",
        b"\x00" * 50,
        "Überweisung".encode(),
    ],
)
def test_the_wrong_file_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        read(data)
    assert caught.value.reason


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(Refusal):
        read(b"<?xml version='1.0'?>" + b"<a>" * 100_000 + b"</a>" * 100_000)


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zueinander.banks.detect.MAX_FILE", 10)
    with pytest.raises(Refusal, match="zu groß"):
        read(b"x" * 11)


@pytest.mark.parametrize(
    "data",
    [
        b":20:x\n:60F:C150304EUR1,00\n:61:150305" + b" " * 300_000 + b"x\n",
        b":20:x\n:60F:C150304EUR" + b" " * 300_000 + b"x\n:61:1503050305C1,00NMSC\n",
        b":20:x\n:34F:EUR0,\n:61:1503050305C1,00NMSC\n:90C:" + b" " * 300_000 + b"x\n",
        b":20:x\n:60F:C150304EUR1,00\n:61:1503050305C1,00NMSC\n:86:" + b" " * 300_000 + b"x\n",
        b":20:x\n:60F:C150304EUR1,00\n:61:1503050305C1,00NMSC\n:86:/REMI/" + b"/" * 300_000 + b"x\n",
        b"Datum;Text;Betrag\n05.03.2015;x;1" + b" " * 15_000 + b"x\n",
        b"Datum;" + b"T (" * 6_000 + b";Betrag\n05.03.2015;x;1,00\n",
        b"Datum;Text;Betrag\n05.03.2015;x;" + b"1" * 15_000 + b"\n",
        b"Datum;Text;Betrag\n" + b'05.03.2015;"x;1,00\n' * 2_000,
    ],
)
def test_a_line_made_to_stall_is_answered_at_once(data: bytes) -> None:
    with no_hang(20), contextlib.suppress(Refusal):
        read(data)


@pytest.mark.parametrize(
    "rows",
    [
        '05.03.2015;12,50;"x\n06.03.2015;1,50;y\n',
        '05.03.2015;12,50;"x\n06.03.2015;1,50;"y"\n',
        '05.03.2015;12,50;"x\n06.03.2015;1,50;y"\n',
    ],
)
def test_a_gift_swallowed_by_an_open_quote_is_missed(rows: str) -> None:
    with pytest.raises(Refusal):
        read(f"Datum;Betrag;Text\n{rows}".encode())
