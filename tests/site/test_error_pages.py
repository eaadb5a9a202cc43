"""When something is wrong, people are told so kindly, in their language, and even while the database is away.

No test here may touch the database; the first line that did would fail.
"""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django.views.defaults import bad_request, permission_denied, server_error

from zueinander.shared.helplines import helplines
from zueinander.site.views.pages import forged

LANGUAGES = [code for code, _ in settings.LANGUAGES]
SAID = {
    "404": {"de": "Diese Seite gibt es nicht", "en": "This page does not exist"},
    "410": {"de": "Dein Link ist nicht mehr gültig", "en": "Your link is not valid any more"},
    "403": {"de": "Das ist nicht für dich offen", "en": "This is not open to you"},
    "csrf": {"de": "Bitte noch einmal", "en": "Once more, please"},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "status"), [("/gibt-es-nicht/", "404"), (reverse("site:gone"), "410")])
def test_an_address_that_leads_nowhere(path: str, status: str, language: str) -> None:
    answer = Client(raise_request_exception=False).get(path, headers={"accept-language": language})
    assert answer.status_code == int(status)
    page = answer.content.decode()
    assert f"<h1>{SAID[status][language]}</h1>" in page
    assert f'<html lang="{language}">' in page
    assert 'href="tel:142"' in page


def test_a_new_link_without_an_address_is_asked_for_again() -> None:
    """The form without an address has words of its own; they would mislead here."""
    page = Client().post(reverse("site:link"), {"mail": ""})
    assert page.status_code == 422
    assert "Die Mailadresse, die wir schon von dir haben." in page.content.decode()
    assert "lass das Feld frei" not in page.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_closed_or_left_open_too_long(language: str) -> None:
    request = RequestFactory().post("/")
    with translation.override(language):
        closed, again = permission_denied(request, PermissionError()), forged(request)
    assert (closed.status_code, again.status_code) == (403, 403)
    assert f"<h1>{SAID['403'][language]}</h1>" in closed.content.decode()
    assert f"<h1>{SAID['csrf'][language]}</h1>" in again.content.decode()


def test_when_we_are_broken_both_languages_stand_on_one_page() -> None:
    """They are sent without template context: nothing may stand in them that needs one."""
    request = RequestFactory().get("/")
    numbers = {number for line in helplines() for _, number in line.calls}
    for answer, said in (
        (server_error(request), ("Bei uns ist etwas kaputt", "Something is broken on our side")),
        (bad_request(request, ValueError()), ("Das konnten wir nicht lesen", "We could not read that")),
    ):
        page = answer.content.decode()
        assert all(f">{words}<" in page for words in said)
        assert 'lang="en"' in page
        for number in ("116123", "142", "143"):
            assert page.count(f'href="tel:{number}"') == 2
            assert number in numbers
        assert "{" not in page
