"""Throughput of the reader and the share of each part: `python bench/reader.py [--seconds 5]`. CPU time, one core."""

from __future__ import annotations

import argparse
import gc
import random
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context

_BEGUN = time.perf_counter()

from zueinander.understanding.reader import Reader, ages, contact, danger, dates, party, rules, tags  # noqa: E402
from zueinander.understanding.reader.examples import corpus  # noqa: E402
from zueinander.understanding.reader.features import known  # noqa: E402
from zueinander.understanding.reader.fold import Folded  # noqa: E402
from zueinander.understanding.reader.judge import Case, Judge  # noqa: E402
from zueinander.understanding.reader.mentions import PlaceFinder  # noqa: E402
from zueinander.understanding.reader.scan import SCANNER  # noqa: E402

_POSTS = 45_000  # as many give 15,000 texts, more would only fill memory
_LONG = range(240, 331)  # characters of a post that uses up its 280


def texts() -> tuple[list[str], list[str]]:
    """A thousand posts of the corpus of about 280 characters, and texts joined from posts, in a fixed order."""
    posts = [e.text for e in corpus()]
    random.Random(7).shuffle(posts)
    return [post for post in posts if len(post) in _LONG][:1_000], joined(posts)


def joined(posts: list[str], length: int = 280) -> list[str]:
    """Texts of about `length` characters, joined from posts, each used once."""
    out = [""]
    for line in posts[:_POSTS]:
        out[-1] = f"{out[-1]} {line}".lstrip()
        if len(out[-1]) > length - 60:  # the last post goes as far beyond, by half of its length
            out.append("")
    return out[:-1]


def rate(work: Callable[[], object], number: int, seconds: float) -> float:
    """Texts per CPU second of `work`, which handles `number` texts; best of the runs that fit the time."""
    best, end = 0.0, time.process_time() + seconds
    while time.process_time() < end:
        start = time.process_time()
        work()
        best = max(best, number / (time.process_time() - start))
    return best


def once(reader: Reader, many: list[str]) -> float:
    """Texts per CPU second, each read for the first time."""
    start = time.process_time()
    reader.read_batch({"text": t} for t in many)
    return len(many) / (time.process_time() - start)


def again(reader: Reader, many: list[str], seconds: float) -> float:
    """Texts per CPU second, read over and over."""
    return rate(partial(reader.read_batch, [{"text": t} for t in many]), len(many), seconds)


def parts(reader: Reader, many: list[str]) -> list[tuple[str, Callable[[], object]]]:
    """The steps of the reader over the same texts, each by itself."""
    folded = Folded.many(many)
    lows = [f.low for f in folded]
    heard = SCANNER.find_all(lows)
    finder = PlaceFinder(reader.gazetteer)

    def told(work: Callable[[Folded], object]) -> Callable[[], object]:
        def run() -> None:
            for one, ends in zip(folded, heard, strict=True):
                SCANNER.tell(one.low, ends)
                work(one)

        return run

    cases = []
    for one, ends in zip(folded, heard, strict=True):
        SCANNER.tell(one.low, ends)
        said = known(one.raw, len(finder.find(one)), len(dates.find(one, None)), danger.look(one)[2])
        cases.append(Case(rules.numbers(one.low), said))
    model = reader.model
    judge = Judge(model.rows, model.weights, model.bias, model.letters, model.net, finder.begins)
    pieces = judge.said(lows)

    def places() -> None:
        for one, ends, begins in zip(folded, heard, pieces.begins, strict=True):
            SCANNER.tell(one.low, ends)
            finder.find(one, None, begins)

    return [
        ("folding", lambda: Folded.many(many)),
        ("all patterns in one pass", lambda: SCANNER.find_all(lows)),
        ("words by number", lambda: judge.said(lows)),
        ("places", places),
        ("dates", told(lambda f: dates.find(f, None))),
        ("danger", told(danger.look)),
        ("cues", told(lambda f: rules.numbers(f.low))),
        ("language and model", lambda: judge.scores(pieces, cases, reader.model.temperature)),
        ("needs and topic", told(lambda f: (tags.needs(f.low), tags.topic(f.low)))),
        ("party and age", told(lambda f: (party.party(f.low), ages.ages(f.low), ages.minor(f.low)))),
        ("contact", told(contact.find)),
    ]


def alone(reader: Reader, many: list[str]) -> list[float]:
    """Milliseconds of each text read by itself, rising."""
    took = []
    for text in many:
        start = time.process_time()
        reader.read(text)
        took.append((time.process_time() - start) * 1000)
    return sorted(took)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0)
    args = parser.parse_args(argv)
    reader = Reader.load()
    reader.read("Hallo")
    gc.freeze()
    sys.stdout.write(
        f"ready, one text read, after {time.process_time():.2f} s of work, {time.perf_counter() - _BEGUN:.2f} s\n"
    )
    with get_context("spawn").Pool(1) as another:  # the corpus is not to be counted as the reader's memory
        many, every = another.apply(texts)
    for name, some in (("posts", many), ("joined posts", every[:1_000])):
        sys.stdout.write(f"{name}: {sum(map(len, some)) / len(some):.0f} characters each\n")
    speed = once(reader, many)
    sys.stdout.write(f"{'the first thousand, posts':32}{speed:10,.0f} texts/s\n")
    for at in range(0, len(every) - 999, 3_000):
        speed = once(reader, every[at : at + 1_000])
        sys.stdout.write(f"{f'joined {at:,} to {at + 1_000:,}, once each':32}{speed:10,.0f} texts/s\n")
        reader.read_batch({"text": t} for t in every[at + 1_000 : at + 3_000])
    speed, whole = (again(reader, some, args.seconds) for some in (every[:1_000], many))
    sys.stdout.write(f"{'joined, again':32}{speed:10,.0f} texts/s\n")
    sys.stdout.write(f"{'whole reader, posts, again':32}{whole:10,.0f} texts/s\n")
    took = alone(reader, many[:300])
    sys.stdout.write(f"{'read alone, median':32}{took[150]:10.2f} ms, slowest of 300 {took[-1]:.2f} ms\n")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"memory {memory:.0f} MB\n")
    for name, work in parts(reader, many):
        speed = rate(work, len(many), args.seconds / 4)
        sys.stdout.write(f"{name:32}{speed:10,.0f} texts/s {whole / speed:6.0%}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
