"""`zueinander match --instance FILE.json [--out FILE]`: a season solved from a file, no database needed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .errors import InstanceError
from .parse import load
from .result import Bonus
from .season import solve


def main(argv: list[str] | None = None) -> int:
    """Solve one instance file; 0 when done, 2 when the instance is wrong (the message names the place)."""
    options = _parser().parse_args(argv)
    try:
        result = solve(load(options.instance), seed=options.seed, language=options.language, price=options.price)
        if options.out is None:
            sys.stdout.buffer.write(result.to_bytes())
            sys.stdout.flush()
        else:
            result.write(options.out)
    except InstanceError as error:
        print(f"{options.instance}: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    print(
        f"{result.matched} / {result.matched_bound}, {result.value:.2f} / {result.value_bound:.2f} "
        f"(-{100 * result.gap:.2f} %, {result.proof})",
        file=sys.stderr,
    )
    if result.bonus is not None:
        print(_price(result.bonus), file=sys.stderr)
    return 0


def _price(bonus: Bonus) -> str:
    return (
        f"hard to place: {bonus.hard_with}, without the bonus of {bonus.weight:g} {bonus.hard_without}; "
        f"price {100 * bonus.price:.2f} % of the value ({bonus.value_without:.2f} to {bonus.value_with:.2f}), "
        f"{bonus.matched_without - bonus.matched_with} fewer with company"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zueinander match", description="Put seekers and hosts of an instance file together."
    )
    parser.add_argument("--instance", type=Path, required=True, help="the season as JSON, see docs/matching.md")
    parser.add_argument("--out", type=Path, help="where to write the result (standard output when missing)")
    parser.add_argument("--seed", type=int, default=0, help="order of bids among equals")
    parser.add_argument(
        "--no-price", dest="price", action="store_false", help="do not solve again to say what the hard to place cost"
    )
    parser.add_argument("--language", choices=["de", "en"], default="de", help="language of the reasons")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
