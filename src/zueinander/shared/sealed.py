"""Fields that are unreadable in the database: authenticated encryption with a key that lies outside of it.

Stored form: 0x01, key id (4 bytes), nonce (12 bytes), AES-256-GCM ciphertext and tag. The field's label is bound in
as associated data, so that a value copied into another column cannot be read. Empty values are stored empty.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from zueinander.shared.config import config
from zueinander.shared.keys import MissingKeysError, field_keys, secret_key

_VERSION = b"\x01"

if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
else:
    _Field = models.Field


def seal(plain: bytes, context: str) -> bytes:
    key_id, key = list(field_keys(config().key_folder).items())[-1]
    nonce = os.urandom(12)
    return _VERSION + key_id + nonce + AESGCM(key).encrypt(nonce, plain, context.encode())


def unseal(stored: bytes, context: str) -> bytes:
    """The plain bytes. Raises `MissingKeysError` for a key we do not have, `InvalidTag` when it was tampered with."""
    key = field_keys(config().key_folder).get(stored[1:5])
    if stored[:1] != _VERSION or key is None:
        raise MissingKeysError(
            f"A value of {context} is sealed with key {stored[1:5].hex()}, which is not in the key folder."
        )
    return AESGCM(key).decrypt(stored[5:17], stored[17:], context.encode())


def sealed_with_newest(stored: bytes) -> bool:
    return not stored or stored[1:5] == list(field_keys(config().key_folder))[-1]


def blind_index(*parts: str) -> str:
    """A keyed hash (64 hex digits) by which a value can be found without being stored readably."""
    key = hashlib.sha256(b"blind index" + secret_key(config().key_folder).encode()).digest()
    return hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()


class SealedTextField(_Field):
    """Text that only the application can read; "" is stored empty."""

    description = "sealed text"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    @property
    def context(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_internal_type(self) -> str:
        return "BinaryField"

    def dump(self, value: Any) -> bytes:
        return str(value).encode() if value else b""

    def load(self, plain: bytes) -> Any:
        return plain.decode()

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        plain = self.dump(value)
        return connection.Database.Binary(seal(plain, self.context) if plain else b"")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return self.load(unseal(bytes(value), self.context) if value else b"")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in ("isnull",):
            return super().get_lookup(lookup_name)
        raise TypeError(f"{self.context} is sealed: it cannot be searched; keep a blind index beside it.")


class SealedJSONField(SealedTextField):
    """A JSON object that only the application can read."""

    description = "sealed JSON"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def dump(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False).encode() if value else b""

    def load(self, plain: bytes) -> Any:
        return json.loads(plain) if plain else {}


__all__ = ["InvalidTag", "SealedJSONField", "SealedTextField", "blind_index", "seal", "sealed_with_newest", "unseal"]
