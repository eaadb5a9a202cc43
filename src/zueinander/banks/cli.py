"""`zueinander statement FILE [--json]`: what a bank file says, or why it cannot be read."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from zueinander.banks.detect import read
from zueinander.banks.model import Refusal, Statement, StatementFile, as_json


def main(argv: list[str] | None = None) -> int:
    """0 when read, 1 when a balance is contradicted, 2 when refused. Warnings and refusals go to standard error."""
    parser = argparse.ArgumentParser(prog="zueinander statement", description="Liest einen Kontoauszug und prüft ihn.")
    parser.add_argument("file", type=Path, help="camt.052/053/054 (auch .zip), MT940, MT942 oder die CSV einer Bank")
    parser.add_argument("--json", action="store_true", help="alles als JSON ausgeben")
    wish = parser.parse_args(argv)
    try:
        file = read(wish.file.read_bytes())
    except OSError as error:
        print(f"{wish.file}: {error.strerror}", file=sys.stderr)
        return 2
    except Refusal as refusal:
        print(f"{wish.file}: {refusal}", file=sys.stderr)
        return 2
    for warning in file.warnings:
        print(f"Achtung: {warning}", file=sys.stderr)
    print(json.dumps(as_json(file), ensure_ascii=False, indent=2) if wish.json else describe(file))
    return 1 if any(statement.balanced is False for statement in file.statements) else 0


def describe(file: StatementFile) -> str:
    """A few lines for people: per statement the account, the days, the balances and the proof."""
    return "\n".join(
        [" · ".join(filter(None, [file.format, file.layout])), *(_line(statement) for statement in file.statements)]
    )


def _line(statement: Statement) -> str:
    proof = {True: "geht auf", False: "GEHT NICHT AUF", None: "nicht prüfbar"}[statement.balanced]
    opening = statement.opening.german() if statement.opening else "?"
    closing = statement.closing.german() if statement.closing else "?"
    days = f"{statement.start or '?'} bis {statement.end or '?'}"
    return f"{statement.account or '?'}  {days}  {len(statement.entries)} Buchungen  {opening} → {closing}  {proof}"
