"""No log holds a personal link or a mail address; help numbers nobody checks are told of."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone
from gunicorn.config import Config as GunicornConfig

from tests import pairs
from zueinander.house import serving
from zueinander.house.checks import warnings_for_today
from zueinander.house.cli import main
from zueinander.house.discretion import DiscreetLogger, discreet
from zueinander.people.models import Role, Volunteer
from zueinander.shared import helplines
from zueinander.site.views import mine

TOKEN = "Qm4tR2xk9sVb7nYp1cHw3eZa5uLd8fJg6oTi0rXKqSE"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What our own handler, as the settings made it, writes."""
    ours = [h for h in logging.getLogger().handlers if type(h.formatter).__name__ == "Discreet"]
    assert len(ours) == 1
    assert isinstance(ours[0], logging.StreamHandler)
    stream = io.StringIO()
    monkeypatch.setattr(ours[0], "stream", stream)
    return stream


@pytest.mark.django_db
def test_a_page_that_breaks_leaves_neither_link_nor_address_in_the_log(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(token: str) -> None:
        raise RuntimeError(f"nobody knows ada.lovelace@example.org at /l/{token}")

    monkeypatch.setattr(mine, "open_link", breaks)
    answer = Client(raise_request_exception=False).get(f"/l/{TOKEN}")
    assert answer.status_code == 500
    said = written.getvalue()
    assert "RuntimeError" in said
    assert TOKEN not in said
    assert "lovelace" not in said


def test_what_any_part_logs_is_made_discreet(written: io.StringIO) -> None:
    logging.getLogger("zueinander.x").warning("GET %s from %s", f"/l/{TOKEN}?a=b", "ada@example.org")
    logging.getLogger("zueinander.x").warning("/schreibtisch/einladung/%s", TOKEN)
    assert "GET /l/…" in written.getvalue()
    assert TOKEN not in written.getvalue()
    assert "ada@" not in written.getvalue()


def test_gunicorn_keeps_no_access_log_and_is_as_discreet(capsys: pytest.CaptureFixture[str]) -> None:
    assert serving.accesslog is None
    given = GunicornConfig()
    for name in ("accesslog", "logger_class"):
        given.set(name, getattr(serving, name))
    assert given.logger_class is DiscreetLogger
    logger: Any = DiscreetLogger(given)
    stream = io.StringIO()
    logger.error_log.handlers[0].stream = stream
    logger.error("Error handling request /l/%s", TOKEN)
    assert "Error handling request /l/…" in stream.getvalue()
    assert not logger.access_log.handlers


def test_no_log_names_the_people_we_ask_a_network_about() -> None:
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)


def test_other_words_stay_as_they_are() -> None:
    assert discreet("send 7 broke at https://example.org/login") == "send 7 broke at https://example.org/login"


@pytest.fixture
def long_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    later = timezone.localdate() + timedelta(days=2000)
    monkeypatch.setattr(timezone, "localdate", lambda *_: later)


@pytest.mark.django_db
def test_check_warns_of_numbers_nobody_checked_and_still_holds(
    long_unchecked: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(warnings_for_today()) == len(helplines.helplines())
    assert main(["check"]) == 0
    assert "TelefonSeelsorge" in capsys.readouterr().out


def test_fresh_numbers_are_no_news(monkeypatch: pytest.MonkeyPatch) -> None:
    newest = max(line.checked for line in helplines.helplines())
    monkeypatch.setattr(timezone, "localdate", lambda *_: newest)
    assert helplines.stale(newest) == []
    assert warnings_for_today() == []


@pytest.mark.django_db
def test_coordinators_see_them_on_the_desk(long_unchecked: None, client: Client) -> None:
    vera = pairs.volunteer()
    client.force_login(vera, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "seit 90 Tagen niemand geprüft" not in client.get("/schreibtisch/").content.decode()
    Volunteer.objects.update(role=Role.COORDINATOR)
    assert "seit 90 Tagen niemand geprüft" in client.get("/schreibtisch/").content.decode()


def test_every_address_that_takes_a_key_is_known() -> None:
    """An address with a token is either left out of the logs, or this fails."""
    resolver = get_resolver()
    taking = [str(pattern) for pattern in _addresses(resolver, "/") if "<str:token>" in pattern]
    assert len(taking) >= 5
    for address in taking:
        assert TOKEN not in discreet(address.replace("<str:token>", TOKEN)), address


def _addresses(resolver: URLResolver, before: str) -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _addresses(one, before + str(one.pattern))
        else:
            yield before + str(one.pattern)
