"""A new key for all sealed fields, while everything runs: old keys stay readable until nothing is sealed with them."""

from __future__ import annotations

from django.db import connection

from zueinander.shared.classes import our_models
from zueinander.shared.config import config
from zueinander.shared.keys import add_field_key, drop_old_field_keys
from zueinander.shared.sealed import SealedTextField, seal, sealed_with_newest, unseal


def rotate() -> int:
    """Seals every value with a new key and forgets all older than the one before. Can be broken off and run again."""
    add_field_key(config().key_folder)
    fields = (f for model in our_models() for f in model._meta.concrete_fields if isinstance(f, SealedTextField))
    count = sum(_reseal(field) for field in fields)
    drop_old_field_keys(config().key_folder)
    return count


def _reseal(field: SealedTextField) -> int:
    quote = connection.ops.quote_name
    table, column = quote(field.model._meta.db_table), quote(str(field.column))
    key = quote(str(field.model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, {column} FROM {table} WHERE octet_length({column}) > 0")
        rows = [(pk, bytes(stored)) for pk, stored in cursor.fetchall() if not sealed_with_newest(bytes(stored))]
        for pk, stored in rows:
            again = seal(unseal(stored, field.context), field.context)
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s", [again, pk, stored])
    return len(rows)
