"""What the pages of site and desk draw: the two dots, form fields, help numbers."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zueinander.networks.registry import KEYS, network
from zueinander.shared.helplines import Helpline, for_everybody
from zueinander.shared.keyless import keyless
from zueinander.shared.money import Money

register = template.Library()

STEPS = 4
_WIDTH, _HEIGHT, _RADIUS = 120, 24, 9


@register.simple_tag
def dots(step: int = STEPS, size: int = 120, moving: bool = False) -> SafeString:
    """The sign: 0 somebody has just written, far apart; 4 they have met, touching. Always put words beside it."""
    near = max(0, min(int(step), STEPS)) / STEPS
    middle, far = _WIDTH / 2, _WIDTH / 2 - _RADIUS - 1
    offset = far - near * (far - _RADIUS)
    return format_html(
        '<svg class="dots{}" width="{}" height="{}" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
        '<line class="way" x1="{}" y1="{}" x2="{}" y2="{}"/>'
        '<circle class="one" cx="{}" cy="{}" r="{}"/><circle class="other" cx="{}" cy="{}" r="{}"/></svg>',
        " coming" if moving else "",
        size,
        round(size * _HEIGHT / _WIDTH),
        _WIDTH,
        _HEIGHT,
        _RADIUS,
        _HEIGHT // 2,
        _WIDTH - _RADIUS,
        _HEIGHT // 2,
        round(middle - offset, 1),
        _HEIGHT // 2,
        _RADIUS,
        round(middle + offset, 1),
        _HEIGHT // 2,
        _RADIUS,
    )


@register.simple_tag
def everybodys_lines() -> list[Helpline]:
    return for_everybody()


@register.filter
def without_keys(text: str) -> str:
    """What we sent, without what opens somebody's page."""
    return keyless(text)


@register.filter
def hours(line: Helpline) -> str:
    """When a line answers, in words."""
    if line.hours is None:
        return _("rund um die Uhr")
    names = [_("Mo"), _("Di"), _("Mi"), _("Do"), _("Fr"), _("Sa"), _("So")]
    days = sorted(line.hours.days)
    span = _("täglich") if len(days) == 7 else f"{names[days[0] - 1]}–{names[days[-1] - 1]}"
    return _("%(days)s %(start)s–%(end)s Uhr") % {
        "days": span,
        "start": f"{line.hours.start:%H}".lstrip("0") or "0",
        "end": f"{line.hours.end:%H}",
    }


@register.filter
def euro(cents: int | None, currency: str = "EUR") -> str:
    """Cents as people read them: "1.234,50 €"."""
    return "" if cents is None else Money(int(cents), currency).german()


@register.filter
def network_label(key: str) -> str:
    """What people call a network."""
    return network(key).label if key in KEYS else key


@register.filter
def country(code: str) -> str:
    return {"DE": _("Deutschland"), "AT": _("Österreich"), "CH": _("Schweiz")}.get(code, code)


@register.inclusion_tag("site/parts/field.html")
def field(bound: BoundField, question: bool = False) -> dict[str, Any]:
    """One field: label above, help under it, what went wrong, then the input. `question`: it is the page's heading."""
    kind = bound.field.widget.__class__.__name__
    described = [f"{bound.id_for_label or bound.auto_id}-help"] if bound.help_text else []
    described += [f"{bound.id_for_label or bound.auto_id}-error"] if bound.errors else []
    return {
        "bound": bound,
        "question": question,
        "many": kind in ("RadioSelect", "CheckboxSelectMultiple"),
        "single": kind == "CheckboxInput",
        "base": bound.auto_id,
        "described": " ".join(described),
    }


@register.filter
def first_id(bound: BoundField) -> str:
    """The id a link in the error summary must lead to: of a group the first choice."""
    kind = bound.field.widget.__class__.__name__
    return f"{bound.auto_id}_0" if kind in ("RadioSelect", "CheckboxSelectMultiple") else str(bound.auto_id)
