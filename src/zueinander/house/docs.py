"""The parts of the documentation that are facts about the code: ``python -m zueinander.house.docs`` writes them."""

from __future__ import annotations

import os
from pathlib import Path

from zueinander.shared.config import Config

NOTE = "<!-- written by `python -m zueinander.house.docs`; a test fails when it is out of date -->\n"


def settings() -> str:
    lines = [
        "# Settings",
        "",
        NOTE,
        "All come from the environment; a wrong one stops the start with a clear line.",
        "",
    ]
    lines += ["| name | default | meaning |", "|---|---|---|"]
    for field in Config.model_fields.values():
        default = "" if field.default is None else str(field.default)
        lines.append(f"| `{field.validation_alias}` | {f'`{default}`' if default else '–'} | {field.description} |")
    return "\n".join(lines) + "\n"


def lifecycles() -> str:
    from django.apps import apps

    from zueinander.shared.lifecycle import Lifecycle

    assert apps.ready
    lines = ["# Lifecycles", "", NOTE]
    for one in sorted(Lifecycle.all, key=lambda each: each.name):
        if one.states.__module__.startswith("zueinander."):
            lines += [f"## {one.name}", "", "```mermaid", one.diagram(), "```", ""]
    return "\n".join(lines)


def generated() -> dict[str, str]:
    return {"settings.md": settings(), "lifecycles.md": lifecycles()}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zueinander.house.settings")
    import django

    django.setup()
    for name, text in generated().items():
        (Path(__file__).parents[3] / "docs" / name).write_text(text)
