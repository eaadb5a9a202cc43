"""Machine-readable answers."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from zueinander.api.queries import alive
from zueinander.shared.access import Door, door


@door(Door.ANYONE)
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when every part is alive, else 503; says which is not."""
    parts = alive()
    return JsonResponse({"ok": all(parts.values()), **parts}, status=200 if all(parts.values()) else 503)
