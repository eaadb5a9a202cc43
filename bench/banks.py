"""CPU time of reading statements and of comparing them with the books: `python -m bench.banks [gifts]`.

Prints, per format, milliseconds of CPU per 1,000 entries (best of five) and checks that the sums are right.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

from tests.banks.make import OWN, camt, mt940, table, truths
from zueinander.banks.detect import read
from zueinander.banks.identity import Known, compare, identities


def best(action: Callable[[], object]) -> float:
    """Seconds of CPU of the fastest of five runs."""
    taken = []
    for _ in range(5):
        start = time.process_time()
        action()
        taken.append(time.process_time() - start)
    return min(taken)


def main(gifts: int = 1500) -> None:
    kept = truths(random.Random(1), gifts, days=28)
    expected = sum(one.cents for one in kept)
    for name, data in (("camt.053", camt(kept)), ("MT940", mt940(kept)), ("CSV", table(kept))):
        entries = read(data).statements[0].entries
        assert sum(entry.amount.units for entry in entries) == expected
        seconds = best(lambda data=data: read(data))  # type: ignore[misc]
        print(f"{name:9} {seconds / gifts * 1e6:8.1f} ms / 1,000 entries  {len(data) / 1e6 / seconds:6.1f} MB/s")
    entries = read(camt(kept)).statements[0].entries
    known = [Known(identity, "camt.053.001.08", n) for n, identity in enumerate(identities(OWN, entries))]
    for name, source in (("same source", "camt.053.001.08"), ("other source", "mt940")):
        seconds = best(lambda source=source: compare(OWN, source, entries, known))  # type: ignore[misc]
        print(f"compare, {name:12} {seconds / gifts * 1e6:8.1f} ms / 1,000 entries against {gifts} known")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
