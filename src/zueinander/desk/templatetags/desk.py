"""How the desk's pages say what rows hold."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from zueinander.desk.verbs import REASONS

register = template.Library()


@register.filter
def why(reason: str) -> str:
    """Why something was not sent: our own reasons in words, anything else as what the network says."""
    return str(REASONS.get(reason) or _("Das Netz sagt: %s") % reason)
