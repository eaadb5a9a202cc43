"""From an uploaded file to stored entries.

The file is a row before it is read; its entries, doubts and balances are stored in one transaction with the file's new
state. Whatever dies in between leaves a file that waits; doing it again changes nothing.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from zueinander.banks.detect import read_each
from zueinander.banks.model import Refusal, StatementFile, UnknownLayout
from zueinander.banks.raw import MAX_FILE, is_zip
from zueinander.banks.table import Layout
from zueinander.banks.wizard import from_json, to_json
from zueinander.giving.actions.storing import store
from zueinander.giving.models import ENTERING, TAKING, BankAccount, Entering, StatementEntry, Taking
from zueinander.giving.models import StatementFile as FileRow
from zueinander.journal.actions import MACHINE, name_of, record
from zueinander.people.models import Volunteer
from zueinander.shared.lifecycle import ForbiddenStep
from zueinander.shared.nudge import nudge

AT_ONCE = 200_000
"""Bytes that are read while somebody waits for the page; more of them is the worker's, however long it takes."""
MUCH_PACKED = 20_000
TAKE_IN = "giving.take_in"
POST = "giving.post"


def receive(*, account: BankAccount, data: bytes, name: str = "", by: Volunteer | None = None) -> FileRow:
    """The upload as a row that waits to be taken in. The same bytes again are the same row, unless it was refused."""
    if len(data) > MAX_FILE:
        raise Refusal("die Datei ist zu groß")
    digest = hashlib.sha256(data).hexdigest()
    try:
        with transaction.atomic():
            row = FileRow.objects.create(account=account, name=name[:200], digest=digest, content=data, by=by)
            record("statement_received", row, account, actor=name_of(by) if by else MACHINE)
            nudge(TAKE_IN)
            return row
    except IntegrityError:
        return FileRow.objects.exclude(state=Taking.REFUSED).get(account=account, digest=digest)


def take_in_soon(file: FileRow, *, confirmed: bool = False, by: Volunteer) -> FileRow:
    """Takes a small file in at once, and leaves a large one to the worker: nobody's page waits for it."""
    large = MUCH_PACKED if is_zip(bytes(file.content[:4])) else AT_ONCE
    if len(file.content) <= large or file.state not in WAITING:
        return take_in(file, confirmed=confirmed, by=by)
    with transaction.atomic():
        if file.state != Taking.RECEIVED:
            TAKING.move(file, Taking.RECEIVED, confirmed=confirmed, reason="", line=0)
            record("statement_handed_on", file, file.account, actor=name_of(by))
        nudge(TAKE_IN)
    return file


def take_in(file: FileRow, *, confirmed: bool = False, by: Volunteer | None = None) -> FileRow:
    """Reads a waiting file and stores what it adds; what became of it is its `state`. Again changes nothing.

    Without `confirmed` a file with a contradicted balance waits for a person's yes.
    """
    if file.state not in WAITING:
        return file
    try:
        parts = _read(file)
        with transaction.atomic():
            _store_all(file, parts, confirmed=confirmed or file.confirmed, by=by)
    except _AskFirst as doubt:
        _move(file, Taking.ASKED, by, reason=str(doubt)[:500], format=doubt.format)
    except UnknownLayout as refusal:
        _move(file, Taking.MAPPING, by, reason=refusal.reason[:500], line=refusal.line)
    except Refusal as refusal:
        _move(file, Taking.REFUSED, by, reason=refusal.reason[:500], line=refusal.line, content=b"")
    file.refresh_from_db()
    return file


WAITING = (Taking.RECEIVED, Taking.MAPPING, Taking.ASKED)


class _AskFirst(Exception):  # noqa: N818
    """A balance is contradicted; nothing was stored."""

    def __init__(self, reason: str, form: str) -> None:
        super().__init__(reason)
        self.format = form


def _read(file: FileRow) -> list[tuple[str, StatementFile]]:
    """The file's parts, with a saved mapping where nothing else fits. Raises `Refusal`."""
    try:
        return read_each(file.content)
    except UnknownLayout:
        for saved in file.account.layouts:
            try:
                return read_each(file.content, layout=from_json(saved))
            except Refusal:
                continue
        raise


def _store_all(file: FileRow, parts: list[tuple[str, StatementFile]], *, confirmed: bool, by: Volunteer | None) -> None:
    """Every part in its turn, compared with the books after the one before it; all or nothing."""
    account = BankAccount.objects.select_for_update(no_key=True).get(pk=file.account_id)
    standing = FileRow.objects.get(pk=file.pk)
    if standing.state not in WAITING:
        return
    form = "+".join(dict.fromkeys(part.format for _, part in parts))[:80]
    counts: dict[str, int] = {"new": 0, "same": 0, "doubted": 0, "announced": 0}
    warnings: list[str] = []
    contradicted = []
    for name, part in parts:
        stored = store(part, account=account, file=file)
        if stored.contradicted:
            contradicted.append(name)
        warnings += stored.warnings
        for key in counts:
            counts[key] += getattr(stored, key)
    if contradicted and not confirmed:
        where = f" ({', '.join(filter(None, contradicted))})" if any(contradicted) else ""
        raise _AskFirst(f"Anfangssaldo und Buchungen ergeben nicht den Endsaldo{where}.", form)
    values: dict[str, Any] = {"format": form, "warnings": list(dict.fromkeys(warnings)), **counts}
    _move(file, Taking.TAKEN, by, content=b"", reason="", line=0, taken_at=timezone.now(), **values)
    nudge(POST)


@transaction.atomic
def _move(file: FileRow, state: str, by: Volunteer | None, **values: Any) -> None:
    """The file's next state; a file that stays where it is (asked again, mapped wrongly) keeps the newer reason."""
    actor = name_of(by) if by else MACHINE
    if file.state == state:
        FileRow.objects.filter(pk=file.pk, state=state).update(**values)
        return
    TAKING.move(file, state, **values)
    record(f"statement_{state}", file, file.account, actor=actor, new=values.get("new", 0))


def refuse(file: FileRow, *, by: Volunteer) -> FileRow:
    """A person decides that a waiting file is not taken in."""
    _move(file, Taking.REFUSED, by, content=b"", reason="von Hand abgewiesen", line=0)
    return file


def map_columns(file: FileRow, layout: Layout, *, by: Volunteer) -> FileRow:
    """Takes the file in with a mapping, soon, and keeps it for the next one. Raises `Refusal` when it does not fit."""
    read_each(file.content, layout=layout)
    with transaction.atomic():
        account = BankAccount.objects.select_for_update(no_key=True).get(pk=file.account_id)
        kept = [saved for saved in account.layouts if saved.get("header") != list(layout.header)]
        account.layouts = [*kept, to_json(layout)]
        account.save(update_fields=["layouts"])
    file.refresh_from_db()
    return take_in_soon(file, by=by)


@transaction.atomic
def settle_doubt(entry: StatementEntry, *, same: bool, by: Volunteer) -> StatementEntry:
    """A person has compared: it is one of those already there, or a booking of its own."""
    BankAccount.objects.select_for_update(no_key=True).get(pk=entry.account_id)
    if same:
        ENTERING.move(entry, Entering.SAME)
    else:
        _as_new(entry)
        nudge(POST)
    record("doubt_settled", entry, actor=name_of(by), same=same)
    return entry


def _as_new(entry: StatementEntry) -> None:
    """Stored under the next free occurrence: its twin may already stand under the one it was read with."""
    if entry.state != Entering.DOUBTED:
        raise ForbiddenStep("This entry is not in doubt.")
    taken = set(
        StatementEntry.objects.booked().filter(account=entry.account_id, source=entry.source, booked=entry.booked)
        .values_list("key", flat=True)
    )  # fmt: skip
    occurrence, key = entry.occurrence, entry.key
    while key in taken:
        occurrence += 1
        key = entry.key_at(occurrence)
    ENTERING.move(entry, Entering.STORED, occurrence=occurrence, key=key)


def take_in_waiting() -> int:
    """Takes in every file that nobody has read yet; returns how many."""
    files = list(FileRow.objects.filter(state=Taking.RECEIVED).select_related("account").order_by("pk"))
    for file in files:
        take_in(file)
    return len(files)
