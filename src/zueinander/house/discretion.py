"""No log holds what opens somebody's page or says who they are: keys in addresses and mail addresses are left out."""

from __future__ import annotations

import logging
import re
from typing import Any

from gunicorn.glogging import Logger

from zueinander.shared.keyless import keyless

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def discreet(text: str) -> str:
    return _MAIL.sub("…@…", keyless(text))


class Discreet(logging.Formatter):
    """Whole lines are made discreet when they are written, with their tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))


class DiscreetLogger(Logger):  # type: ignore[misc]
    """What gunicorn itself has to say; it keeps no access log."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Discreet(self.error_fmt, self.datefmt))
