"""How the desk calls somebody."""

from __future__ import annotations

from django.utils.translation import gettext as _

from zueinander.people.models import Person


def known_as(person: Person | None) -> str:
    """The first name, else the name shown in their network, else a short number."""
    if person is None:
        return _("ohne Person")
    handle = None if person.first_name else next(iter(person.handles.all()), None)
    return person.first_name or (handle and (handle.visible_name or handle.address)) or str(person.pk)[:8]
