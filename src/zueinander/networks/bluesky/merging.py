"""Several sources, each in its own thread and with its own place, as one stream of batches with one cursor."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, Protocol

import orjson

from zueinander.networks.port import Batch, Clock, Event, Refused

_WAITING = 100
"""Batches that may wait for the consumer before a source has to pause."""
_SIGN_OF_LIFE = 5.0


class Piece(NamedTuple):
    """What one source has: `place` is where it goes on, None while it has not moved. An empty one says: I hear well."""

    events: tuple[Event, ...]
    place: str | None
    gap: str = ""


class Source(Protocol):
    def __call__(self, place: str | None, put: Callable[[Piece], None], stop: threading.Event) -> None:
        """Runs until `stop`; raises `Refused` when coming again is useless."""
        ...


def merge(sources: Mapping[str, Source], cursor: str | None, stop: threading.Event, clock: Clock) -> Iterator[Batch]:
    """The cursor is JSON: the place of every source by name. Seen through is only what a source has heard."""
    places, seen = _parse(cursor), clock.now()
    waiting: queue.Queue[tuple[str, Piece | BaseException]] = queue.Queue(_WAITING)
    ended = threading.Event()
    threads = [
        threading.Thread(target=_run, args=(name, source, places.get(name), waiting, ended), daemon=True)
        for name, source in sources.items()
    ]
    for thread in threads:
        thread.start()
    try:
        quiet = 0.0
        while not stop.is_set():
            try:
                name, piece = waiting.get(timeout=0.1)
            except queue.Empty:
                quiet += 0.1
                if quiet >= _SIGN_OF_LIFE:
                    quiet = 0.0
                    yield Batch((), _dump(places), seen)
                continue
            if isinstance(piece, BaseException):
                raise piece
            if piece.place is not None:
                places[name] = piece.place
            quiet, seen = 0.0, clock.now()
            yield Batch(piece.events, _dump(places), seen, piece.gap)
    finally:
        ended.set()
        for thread in threads:
            thread.join(timeout=3.0)


def _run(
    name: str,
    source: Source,
    place: str | None,
    waiting: queue.Queue[tuple[str, Piece | BaseException]],
    ended: threading.Event,
) -> None:
    def put(piece: Piece) -> None:
        _put(waiting, (name, piece), ended)

    try:
        source(place, put, ended)
    except BaseException as error:  # whatever it is, the consumer must learn of it: a silent source is the worst
        _put(waiting, (name, error), ended)


def _put(
    waiting: queue.Queue[tuple[str, Piece | BaseException]],
    item: tuple[str, Piece | BaseException],
    ended: threading.Event,
) -> None:
    while not ended.is_set():
        try:
            return waiting.put(item, timeout=0.2)
        except queue.Full:
            continue
    return None


def _dump(places: Mapping[str, str]) -> str:
    return orjson.dumps(dict(places)).decode()


def _parse(cursor: str | None) -> dict[str, str]:
    try:
        parsed = orjson.loads(cursor or "{}")
        return {str(key): str(value) for key, value in parsed.items()}
    except (ValueError, AttributeError):
        raise Refused("not a cursor of Bluesky") from None
