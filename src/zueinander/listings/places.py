"""Where listings are, for questions to the database: the nearest first, by an index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import cos, radians
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, F, FloatField, Func, QuerySet

ASKED = (
    "id", "person", "campaign", "lat", "lon", "radius_km", "party", "needs", "accepts", "household_wish",
    "household_is",
)  # fmt: skip
"""What questions to the index may ask of a listing without the database having to fetch the listing."""
_DEGREE_KM = 111.2
_SHORTENED = 0.64
_ROUGHLY = 0.95  # the plane may say so much more than the sphere


class Spot(Func):
    """Longitude and latitude as a point of a plane. Longitudes are shortened as at 50 degrees north, so that near and
    far come about right in Central Europe; whoever needs kilometres reckons them."""

    template = "point(%(expressions)s)"
    arg_joiner = f" * {_SHORTENED}, "
    arity = 2
    output_field = FloatField()


def nearest(rows: QuerySet[Any], *, lat: float, lon: float, within_km: float) -> QuerySet[Any]:
    """`rows` with a place, the nearest first; none much farther away as the crow flies than `within_km`."""
    high = within_km / _DEGREE_KM
    wide = high / _narrow(lat)
    box = f"box({_point(lat - high, lon - wide)}, {_point(lat + high, lon + wide)})"
    inside = Func(Spot("lon", "lat"), template=f"%(expressions)s <@ {box}", output_field=BooleanField())
    away = Func(Spot("lon", "lat"), template=f"%(expressions)s <-> {_point(lat, lon)}", output_field=FloatField())
    return rows.filter(inside).order_by(away)


@contextmanager
def outward() -> Iterator[None]:
    """Inside, `nearest` walks its index outward and stops when it has enough. By itself the database would read and
    sort all that lies in the box, as it takes every box to hold a thousandth of the rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
        yield
        cursor.execute("SET LOCAL enable_bitmapscan = on; SET LOCAL enable_sort = on")


def within_own_radius(lat: float, lon: float, detour: float) -> Func:
    """That a row's own radius reaches the place, and of those it does not quite reach some."""
    per_degree = _DEGREE_KM * detour * _ROUGHLY * min(1.0, _narrow(lat) / _SHORTENED)
    test = f"(%(expressions)s <-> {_point(lat, lon)}) * {per_degree:f}"
    away = Func(Spot("lon", "lat"), template=test, output_field=FloatField())
    return Func(away, F("radius_km"), arg_joiner=" <= ", template="%(expressions)s", output_field=BooleanField())


def _narrow(lat: float) -> float:
    """How long a degree of longitude is beside one of latitude."""
    return max(0.1, cos(radians(lat)))


def _point(lat: float, lon: float) -> str:
    return f"point({lon * _SHORTENED:f}, {lat:f})"
