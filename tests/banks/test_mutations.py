"""Broken files: 10,000 per parser, broken where their structure is. Each is read as the oracle reads it, or refused.

`Refusal` is the only exception that may come out. A parse that takes longer than a minute ends the run: a hang.
"""

from __future__ import annotations

import copy
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from lxml import etree

from tests.banks.make import camt, mt940, table, truths
from tests.banks.oracle import camt_amounts, mt940_amounts, table_amounts
from zueinander.banks.detect import read
from zueinander.banks.model import Refusal, StatementFile

ROUNDS = 10_000
GARBAGE = [
    "",
    "0",
    "-",
    "--5",
    "1,2",
    "1.234,5",
    "12..3",
    "1e5",
    "NaN",
    "０",
    "99999999999999999999",
    "12.345",
    "\u00a0",
    "x",
]


@contextmanager
def no_hang(seconds: int = 60) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError("a parser hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def outcome(data: bytes) -> StatementFile | None:
    try:
        with no_hang():
            return read(data)
    except Refusal:
        return None


def amounts(file: StatementFile) -> list[Decimal]:
    return [Decimal(entry.amount.plain()) for statement in file.statements for entry in statement.entries]


def mutated_tree(chance: random.Random, root: etree._Element) -> bytes:
    """One to three changes to a copy of the tree: elements gone, doubled, moved, renamed, spoiled."""
    tree = copy.deepcopy(root)
    for _ in range(chance.randrange(1, 4)):
        nodes = [node for node in tree.iter(etree.Element) if node.getparent() is not None]
        if not nodes:
            break
        node, other = chance.choice(nodes), chance.choice(nodes)
        parent = node.getparent()
        assert parent is not None
        kind = chance.randrange(8)
        if kind == 0:
            parent.remove(node)
        elif kind == 1:
            parent.insert(chance.randrange(len(parent) + 1), copy.deepcopy(node))
        elif kind == 2 and other not in node.iter():
            other.append(copy.deepcopy(node))
        elif kind == 3:
            node.tag = other.tag
        elif kind == 4 and "Ccy" in node.attrib:
            node.set("Ccy", chance.choice(["EUR", "JPY", "BHD", "eur", "", "XXXX"]))
        elif kind == 5:
            node.text, other.text = other.text, node.text
        elif kind == 6:
            node.append(etree.Comment("7"))
        else:
            node.text = spoiled(chance, node.text or "")
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")


def spoiled(chance: random.Random, text: str) -> str:
    if not text or chance.random() < 0.3:
        return chance.choice(GARBAGE)
    at = chance.randrange(len(text))
    return text[:at] + chance.choice([".", ",", "-", "0", "9", " ", "é", "\n", ""]) + text[at + chance.randrange(2) :]


def mutated_text(chance: random.Random, text: str, cut: str) -> str:
    """One to three changes to lines and the fields between `cut` characters: gone, doubled, swapped, spoiled, cut."""
    lines = text.split("\n")
    for _ in range(chance.randrange(1, 4)):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        kind = chance.randrange(7)
        if kind == 0 and len(lines) > 1:
            del lines[at]
        elif kind == 1:
            lines.insert(at, lines[other])
        elif kind == 2:
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == 3:
            fields = lines[at].split(cut)
            place = chance.randrange(len(fields))
            fields[place] = spoiled(chance, fields[place])
            lines[at] = cut.join(fields)
        elif kind == 4:
            fields = lines[at].split(cut)
            chance.shuffle(fields)
            lines[at] = cut.join(fields)
        elif kind == 5:
            place = chance.randrange(len(lines[at]) + 1)
            lines[at : at + 1] = [lines[at][:place], lines[at][place:]]
        else:
            place = chance.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:place] + chance.choice(['"', ";", ":", "\t", "\x00", "?"]) + lines[at][place:]
    return "\n".join(lines)


@pytest.mark.parametrize("message", ["053", "052", "054"])
def test_a_broken_camt_file_is_refused_or_read_as_it_stands(message: str) -> None:
    chance, accepted = random.Random(int(message)), 0
    roots = [
        etree.fromstring(camt(truths(chance, 4), message=message, version=version))
        for version in ("02", "04", "08", "13")
    ]
    for _ in range(ROUNDS // 3 + 1):
        data = mutated_tree(chance, chance.choice(roots))
        if chance.random() < 0.1:
            data = data[: chance.randrange(len(data))]
        file = outcome(data)
        if file is not None:
            accepted += 1
            assert amounts(file) == camt_amounts(data), data.decode()
    assert ROUNDS // 20 < accepted < ROUNDS // 3, "the changes must break some files and leave some whole"


def test_a_broken_mt940_file_is_refused_or_read_as_it_stands() -> None:
    chance, accepted = random.Random(940), 0
    texts = [mt940(truths(chance, 4)).decode("cp1252") for _ in range(20)]
    for _ in range(ROUNDS):
        text = mutated_text(chance, chance.choice(texts), chance.choice(["?", ":", "R", "N"]))
        file = outcome(text.encode("cp1252", "replace"))
        if file is not None and file.format.startswith("mt"):
            accepted += 1
            assert amounts(file) == mt940_amounts(text), text
    assert ROUNDS // 10 < accepted < ROUNDS


def test_a_broken_table_is_refused_or_read_as_it_stands() -> None:
    chance, accepted = random.Random(7), 0
    texts = [table(truths(chance, 4)).decode() for _ in range(20)]
    names = texts[0].splitlines()[0]
    for _ in range(ROUNDS):
        text = mutated_text(chance, chance.choice(texts), ";")
        file = outcome(text.encode("utf-8", "replace"))
        if file is not None:
            accepted += 1
            assert amounts(file) == table_amounts(text, "Buchungstag", "Betrag", ";", names), text
    assert ROUNDS // 20 < accepted < ROUNDS


def test_bytes_cut_flipped_or_doubled_never_crash_a_parser() -> None:
    chance = random.Random(3)
    makers: list[Callable[..., bytes]] = [camt, mt940, table]
    files = [make(truths(chance, 5)) for make in makers for _ in range(5)]
    for _ in range(ROUNDS // 2):
        data = bytearray(chance.choice(files))
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        start, end = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
        outcome(bytes(data) if chance.random() < 0.5 else bytes(data[:start] + data[end:]))
