"""The one command: ``zueinander``."""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from zueinander import __version__

PURE: dict[str, tuple[str, str]] = {
    "read": ("zueinander.understanding.reader.cli", "read texts: JSON lines in, readings out"),
    "postcodes": ("zueinander.understanding.reader.postcodes", "load postcode files of GeoNames"),
    "match": ("zueinander.matching.solver.cli", "match an instance: JSON in, pairs with a certificate out"),
    "statement": ("zueinander.banks.cli", "read a bank statement and prove its balance"),
}


def _django() -> None:
    warnings.filterwarnings("ignore", category=RuntimeWarning, module="platformdirs")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zueinander.house.settings")
    import django

    django.setup()


def up(args: argparse.Namespace) -> int:
    from zueinander.house.processes import up as start

    return start()


def web(args: argparse.Namespace) -> int:
    from zueinander.house.processes import web as start

    return start()


def files(args: argparse.Namespace) -> int:
    from zueinander.house.fronting import files as start

    return start()


def work(args: argparse.Namespace) -> int:
    _django()
    from zueinander.house.processes import work as start

    return start()


def listen(args: argparse.Namespace) -> int:
    _django()
    from zueinander.intake.actions import store
    from zueinander.networks.listening import listen as start

    start(store)
    return 0


def migrate(args: argparse.Namespace) -> int:
    _django()
    from zueinander.house.processes import migrate as run

    run()
    return 0


def check(args: argparse.Namespace) -> int:
    """Verifies settings and invariants; 0 when all hold, 1 with one line for each that does not."""
    _django()
    from zueinander.house.checks import invariants, warnings_for_today
    from zueinander.shared.config import config

    broken = config().unsafe() + invariants()
    for line in [*broken, *warnings_for_today()]:
        print(line)
    if not broken:
        print("Everything holds.")
    return 1 if broken else 0


def demo(args: argparse.Namespace) -> int:
    _django()
    from zueinander.house.processes import migrate as run
    from zueinander.intake import demo as played

    run()
    if args.remove:
        print(f"The demonstration is gone ({played.remove()} people).")
    else:
        print(f"The demonstration is ready: {played.start()}. It is played as soon as `zueinander up` runs.")
    return 0


def backup(args: argparse.Namespace) -> int:
    _django()
    from zueinander.house.backup import backup as write

    print(f"{write(args.file)} bytes, encrypted. Keep the key folder somewhere else: without it nobody can read them.")
    return 0


def restore(args: argparse.Namespace) -> int:
    _django()
    from zueinander.house.backup import restore as take_back

    print(f"Restored. {take_back(args.file)} erased people were erased again.")
    return 0


def forget(args: argparse.Namespace) -> int:
    """Erases a person from every room; again is harmless."""
    _django()
    from zueinander.shared.forgetting import erase

    print(f"{erase(args.person)} rows erased or emptied.")
    return 0


def rotate_key(args: argparse.Namespace) -> int:
    _django()
    from zueinander.house.rotation import rotate

    print(f"{rotate()} values sealed with a new key.")
    return 0


COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], int], str]] = {
    "up": (up, "run files, web, worker and listeners together"),
    "files": (files, "serve the published pages alone, from memory"),
    "web": (web, "run the web server alone"),
    "work": (work, "run a background worker alone"),
    "listen": (listen, "run the listeners alone"),
    "migrate": (migrate, "bring the database up to date"),
    "check": (check, "verify settings and invariants"),
    "demo": (demo, "prepare the invented day for the next start, or remove it"),
    "backup": (backup, "write an encrypted backup of the database"),
    "restore": (restore, "take a backup back into an empty database"),
    "forget": (forget, "erase a person from every room"),
    "rotate-key": (rotate_key, "seal everything with a new key"),
}


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="zueinander",
        description="Software for help organisations that grow out of a hashtag.",
        epilog="Settings come from the environment: see docs/settings.md.",
    )
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (run, line) in COMMANDS.items():
        one = commands.add_parser(name, help=line, description=line)
        one.set_defaults(run=run)
        if name == "demo":
            one.add_argument("--remove", action="store_true", help="remove the demonstration and everybody in it")
        if name in ("backup", "restore"):
            one.add_argument("file", type=Path, help="the backup file")
        if name == "forget":
            one.add_argument("person", type=UUID, help="the person's id, as the desk shows it")
    for name, (_, line) in PURE.items():
        commands.add_parser(name, help=line, add_help=False)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    given = list(sys.argv[1:] if argv is None else argv)
    if given and given[0] in PURE:
        from importlib import import_module

        return int(import_module(PURE[given[0]][0]).main(given[1:]))
    args = parser().parse_args(given)
    result: int = args.run(args)
    return result


if __name__ == "__main__":
    raise SystemExit(main())
