"""How far the appeal went: figures with their source, drawn and as a table, and what the press wrote."""

from __future__ import annotations

from django.utils.safestring import mark_safe

from zueinander.reach import queries
from zueinander.reach.models import Measure
from zueinander.reach.rules.plots import svg
from zueinander.site.story.parts import Files, Page

FOLDER = "weit/"
SHOWN = 40


def wide(page: Page) -> Files:
    """The page, and each series as CSV; nothing while nobody has measured or written anything."""
    campaign = page.told.story.campaign
    drawn, files = [], {}
    for measure in Measure:
        rows = queries.series(campaign, measure)
        if rows:
            drawing = mark_safe(svg(queries.plot_of(campaign, measure)))
            drawn.append((measure, drawing, rows[: -SHOWN - 1 : -1], len(rows)))
            files[f"{page.root}{FOLDER}{measure.value}.csv"] = queries.as_csv(campaign, measure).encode()
    coverage = queries.coverage(campaign)
    if not drawn and not coverage:
        return {}
    body = page.at(
        FOLDER, "wide.html", drawn=drawn, coverage=coverage, disagreements=queries.disagreements(campaign),
        people=queries.people_reached(campaign),
    )  # fmt: skip
    return {**files, **body}
