"""`zueinander read`: JSON lines in, JSON lines out."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO
from zipfile import BadZipFile

from .reader import Reader
from .reading import VERSION, Refused

BATCH = 1_000


def main(argv: list[str] | None = None) -> int:
    """Reads every line and writes one line for each, in order. A line that cannot be read gives an object with its
    number and an `error`, also said on stderr; the exit code is then 1. 2: a file cannot be opened, or is no
    model of this version."""
    parser = argparse.ArgumentParser(
        prog="zueinander read", description="Liest Texte (JSON-Zeilen mit id, text) und schreibt die Lesarten."
    )
    parser.add_argument("source", nargs="?", default="-", help="Datei mit JSON-Zeilen, - für die Standardeingabe")
    parser.add_argument("-o", "--output", default="-", help="Zieldatei, - für die Standardausgabe")
    parser.add_argument("--postcodes", type=Path, action="append", default=[], help="geladene Postleitzahlen")
    parser.add_argument("--model", type=Path, help="eigenes Modell statt des mitgelieferten")
    args = parser.parse_args(argv)
    try:
        reader = Reader.load(postcodes=args.postcodes, model=args.model)
    except (OSError, EOFError, KeyError, ValueError, BadZipFile):
        if args.model is None:
            raise
        sys.stderr.write(f"{args.model}: kein Modell, das diese Fassung ({VERSION}) lesen kann\n")
        return 2
    with ExitStack() as stack:
        try:
            source = sys.stdin if args.source == "-" else stack.enter_context(open(args.source, encoding="utf-8"))
            out = sys.stdout if args.output == "-" else stack.enter_context(open(args.output, "w", encoding="utf-8"))
        except OSError as wrong:
            sys.stderr.write(f"{wrong.filename}: {wrong.strerror}\n")
            return 2
        gc.freeze()  # the gazetteer lives as long as the process; not to be walked again and again
        return run(reader, source, out, sys.stderr)


def run(reader: Reader, source: Iterable[str], out: TextIO, errors: TextIO) -> int:
    """The stream from `source` to `out`; 0 when every line was read, 1 otherwise."""
    bad = 0
    for batch in _batches(source):
        good = [item for _, item in batch if isinstance(item, dict)]
        readings = iter(reader.read_batch(good))
        for number, item in batch:
            answer = next(readings) if isinstance(item, dict) else Refused("bad-line", str(item))
            name = {"id": item.get("id")} if isinstance(item, dict) else {"id": None}
            if isinstance(answer, Refused):
                bad += 1
                errors.write(f"line {number}: {answer}\n")
                out.write(json.dumps({**name, "line": number, "error": answer.reason, "detail": answer.detail}) + "\n")
            else:
                out.write(json.dumps({**name, **answer.to_json()}, ensure_ascii=False) + "\n")
    return 1 if bad else 0


def _batches(source: Iterable[str]) -> Iterator[list[tuple[int, Any]]]:
    batch: list[tuple[int, Any]] = []
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        batch.append((number, _parse(line)))
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _parse(line: str) -> dict[str, Any] | str:
    """The object of a line, or what is wrong with it."""
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as wrong:
        return f"no JSON: {wrong}"[:200]
    if not isinstance(item, dict):
        return "no JSON object"
    if "text" not in item:
        return "no text"
    return item


if __name__ == "__main__":
    sys.exit(main())
