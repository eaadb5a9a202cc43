"""The web application."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zueinander.house.settings")
_django = get_wsgi_application()
_CAME_FROM = "HTTP_X_ZUEINANDER_FROM"


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Behind the process on the public port (`site.files`) the client's address is in a header of its own.

    Believed only on our Unix socket, where nobody else can write; there the server knows no address.
    """
    came_from = environ.pop(_CAME_FROM, "")
    if not environ.get("REMOTE_ADDR"):
        environ["REMOTE_ADDR"] = came_from
    return _django(environ, start_response)
