"""What the figures say together; each number is an observation or a sum over observations, never a memory."""

from __future__ import annotations

import base64
import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from zueinander.campaigns.models import Campaign
from zueinander.reach.models import PER_SPAN, Coverage, Measure, Observation
from zueinander.reach.rules.people import Reached, reached
from zueinander.reach.rules.plots import Plot, Point


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Sources that say different things about one subject on one day: shown side by side, never averaged."""

    measure: str
    subject: str
    on: date
    said: tuple[Observation, ...]


def series(campaign: Campaign, measure: str, subject: str | None = None) -> list[Observation]:
    rows = Observation.objects.valid().filter(campaign=campaign, measure=measure)
    return list(rows if subject is None else rows.filter(subject=subject))


def disagreements(campaign: Campaign, measures: Iterable[str] | None = None) -> list[Disagreement]:
    by_day: dict[tuple[str, str, date], list[Observation]] = defaultdict(list)
    rows = Observation.objects.valid().filter(campaign=campaign).exclude(measure__in=PER_SPAN)
    for row in rows.filter(measure__in=measures) if measures is not None else rows:
        by_day[row.measure, row.subject, timezone.localtime(row.at).date()].append(row)
    found = []
    for (measure, subject, on), said in sorted(by_day.items()):
        values: dict[str, set[int]] = defaultdict(set)
        for row in said:
            values[row.source].add(row.value)
        if len(values) > 1 and not set.intersection(*values.values()):
            found.append(Disagreement(measure, subject, on, tuple(said)))
    return found


def plot_of(campaign: Campaign, measure: Measure, subject: str | None = None) -> Plot:
    """The series as a drawing; counts of several networks are added up by hour, and by day after a week."""
    rows = series(campaign, measure, subject)
    title = str(measure.label)
    if measure not in PER_SPAN:
        points = [Point(timezone.localtime(row.at), row.value, f"{row.subject}\n{row.source}") for row in rows]
        return Plot(title, points, low_is_good=measure == Measure.RANK, day=_("%d.%m.%Y"))
    many = len({row.at for row in rows}) > 24 * 7
    sums: dict[datetime, int] = defaultdict(int)
    for row in rows:
        at = timezone.localtime(row.at)
        sums[at.replace(hour=0, minute=0) if many else at] += row.value
    return Plot(title, [Point(at, n) for at, n in sorted(sums.items())], bars=True, day=_("%d.%m.%Y"))


PUBLIC = 1_000_000
"""People who might see our posts at all, unless somebody knows better; the estimate is told with it."""


def people_reached(campaign: Campaign, *, public: int = PUBLIC) -> Reached:
    """From the newest figure of each of our posts that its network tells views of."""
    newest: dict[str, int] = {}
    for row in series(campaign, Measure.VIEWS):
        newest[row.subject] = row.value
    return reached(newest.values(), public=max([public, *newest.values()]))


def anything(campaign: Campaign) -> bool:
    """Whether somebody measured or wrote anything that may be shown."""
    return campaign.observations.exists() or campaign.coverage.filter(public=True).exists()


def coverage(campaign: Campaign) -> list[Coverage]:
    """What may be shown; the copies are not loaded."""
    return list(Coverage.objects.filter(campaign=campaign, public=True).defer("copy"))


def copy_of(row: Coverage) -> tuple[bytes, str]:
    """Our own copy of a piece, and the ending of a file's name for it."""
    endings = {"text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf", "text/plain": "txt"}
    return base64.b64decode(row.copy), endings.get(row.copy_type.partition(";")[0].strip(), "bin")


def as_csv(campaign: Campaign, measure: str) -> str:
    """The whole series, what was corrected beside what corrects it; moments in ISO 8601 with their zone."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["at", "minutes", "subject", "value", "source", "source_url", "corrected_to"])
    for row in Observation.objects.filter(campaign=campaign, measure=measure).select_related("corrected_by"):
        later = getattr(row, "corrected_by", None)
        subject, source, url = (harmless(word) for word in (row.subject, row.source, row.source_url))
        writer.writerow([
            row.at.isoformat(), row.span, subject, row.value, source, url, later.value if later else "",
        ])  # fmt: skip
    return out.getvalue()


def harmless(word: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{word}" if word[:1] in tuple("=+-@\t\r") else word
