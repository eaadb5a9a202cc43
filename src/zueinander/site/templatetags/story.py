"""How the pages of a story write amounts, days and the organiser's words: as readers of the page's language do."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.dateformat import format as written
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zueinander.shared.money import Money
from zueinander.story.queries import Told

register = template.Library()


@register.filter
def amount(cents: int | None, currency: str = "EUR") -> str:
    """Cents: "1.234,50 €", in English "€1,234.50"."""
    if cents is None:
        return ""
    money = Money(int(cents), currency)
    return money.english() if get_language() == "en" else money.german()


@register.filter(expects_localtime=True)
def day(value: date) -> str:
    return written(value, _("j. F Y"))


@register.filter(expects_localtime=True)
def short_day(value: date) -> str:
    return written(value, _("j.n.Y"))


@register.filter(expects_localtime=True)
def moment(value: datetime) -> str:
    return _("%(day)s, %(time)s Uhr") % {"day": day(value), "time": written(value, "H:i")}


@register.simple_tag
def said(told: Told, name: str) -> SafeString:
    """A text of the story; one that is German on a page that is not says so to whoever reads it aloud."""
    text = mark_safe(told.html[name])
    return format_html('<div lang="de">{}</div>', text) if name in told.german else text


@register.simple_tag
def lang_of(told: Told, name: str) -> SafeString:
    """The attribute for an element that holds nothing but this text."""
    return mark_safe(' lang="de"') if name in told.german else mark_safe("")


@register.simple_tag
def german(told: Told) -> SafeString:
    """The attribute for an element with words nobody has translated: banks', shops', reasons given for a correction."""
    return mark_safe("") if told.language == "de" else mark_safe(' lang="de"')
