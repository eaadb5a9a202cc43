"""What must hold for every model, room and secret, whoever adds the next one."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models

from zueinander.house.rotation import rotate
from zueinander.people.actions import meet
from zueinander.people.models import Handle, Person
from zueinander.shared import classes
from zueinander.shared.forgetting import forgotten_models
from zueinander.shared.sealed import InvalidTag, unseal


def test_every_column_has_a_data_class_and_personal_ones_are_sealed() -> None:
    assert classes.unclassified() == []


def test_a_new_column_without_class_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    person = apps.get_model("people", "Person")
    monkeypatch.delitem(person.CLASSES, "first_name")
    assert classes.unclassified() == ["people.Person.first_name has no data class."]


def test_a_personal_column_that_is_not_sealed_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    person = apps.get_model("people", "Person")
    monkeypatch.setitem(person.CLASSES, "lang", classes.Data.CONTENT)
    assert classes.unclassified() == ["people.Person.lang is content but not sealed."]


def test_every_model_with_personal_columns_can_be_exported_and_erased() -> None:
    assert forgotten_models() == []


@pytest.mark.django_db
def test_names_and_addresses_cannot_be_read_in_the_database() -> None:
    meet(network="mail", native_id="katinka@example.org", visible_name="Katinka Seltsam", address="katinka@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT native_id, visible_name, address, key FROM people_handle")
        stored = b"".join(bytes(v) if not isinstance(v, str) else v.encode() for v in cursor.fetchone())
    assert b"katinka" not in stored.lower()
    assert Handle.objects.get().visible_name == "Katinka Seltsam"


@pytest.mark.django_db
def test_a_value_copied_into_another_column_cannot_be_read() -> None:
    handle = meet(network="mail", native_id="k@example.org", visible_name="Katinka")
    with connection.cursor() as cursor:
        cursor.execute("SELECT visible_name FROM people_handle WHERE id = %s", [handle.pk])
        stored = bytes(cursor.fetchone()[0])
    assert unseal(stored, "people.handle.visible_name") == b"Katinka"
    with pytest.raises(InvalidTag):
        unseal(stored, "people.handle.address")


@pytest.mark.django_db
def test_sealed_columns_refuse_to_be_searched() -> None:
    with pytest.raises(TypeError, match="sealed"):
        Person.objects.filter(first_name="Katinka").exists()


@pytest.mark.django_db
def test_after_a_new_key_everything_is_sealed_again_and_readable() -> None:
    handle = meet(network="mail", native_id="k@example.org", visible_name="Katinka")
    with connection.cursor() as cursor:
        cursor.execute("SELECT visible_name FROM people_handle WHERE id = %s", [handle.pk])
        before = bytes(cursor.fetchone()[0])
        assert rotate() >= 2
        cursor.execute("SELECT visible_name FROM people_handle WHERE id = %s", [handle.pk])
        after = bytes(cursor.fetchone()[0])
    assert before[1:5] != after[1:5]
    assert Handle.objects.get(pk=handle.pk).visible_name == "Katinka"


@pytest.mark.django_db
def test_the_journal_can_neither_be_changed_nor_deleted() -> None:
    from django.db import InternalError, transaction
    from django.db.utils import DatabaseError

    from zueinander.journal.actions import record
    from zueinander.journal.models import Entry

    entry = record("tried")
    for act in (lambda: Entry.objects.filter(pk=entry.pk).update(verb="other"), lambda: entry.delete()):
        with pytest.raises((InternalError, DatabaseError)), transaction.atomic():
            act()
    assert Entry.objects.get(pk=entry.pk).verb == "tried"


def test_lifecycles_are_checked_when_made() -> None:
    from zueinander.shared.lifecycle import Lifecycle

    class Two(models.TextChoices):
        A = "a"
        B = "b"

    with pytest.raises(ValueError, match="cannot be reached"):
        Lifecycle("broken", Two, Two.A, {Two.A: [], Two.B: []})
