"""Whoever follows our pages finds what they name: commands, settings, links, files, rooms."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from zueinander.house.cli import COMMANDS, PURE
from zueinander.shared.config import Config

ROOT = Path(__file__).parents[2]
ROOMS = ROOT / "src" / "zueinander"


def pages() -> list[Path]:
    """Every Markdown page that is ours, wherever it lies."""
    folders = ("docs", "src", "deploy")
    found = [page for folder in folders for page in (ROOT / folder).rglob("*.md")]
    return sorted([*ROOT.glob("*.md"), ROOT / "testnet" / "README.md", *found])


def deployment() -> list[Path]:
    return sorted(path for path in (ROOT / "deploy").iterdir() if path.is_file())


PAGES = pages()
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
each_page = pytest.mark.parametrize("page", PAGES, ids=NAMES)


def code(page: Path) -> str:
    """What a reader could type: indented and fenced blocks, and words between backticks."""
    text = page.read_text()
    blocks = re.findall(r"^(?: {4}|\t)\S.*$", text, re.M) + re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", text)])


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        there = (page.parent / name).resolve() if name else page
        assert there.exists(), link
        assert not anchor or anchor in anchors(there), link


@each_page
def test_make_targets_exist(page: Path) -> None:
    named = re.findall(r"(?:^|\s)make (?:-C \S+ )?([a-z]+)\b", code(page), re.M)
    assert set(named) <= targets()


@each_page
def test_commands_of_zueinander_exist(page: Path) -> None:
    named = re.findall(r"^\s*(?:\S*bin/)?zueinander ([a-z][a-z-]*)", code(page), re.M)
    assert set(named) <= {*COMMANDS, *PURE}


@each_page
def test_modules_to_run_exist(page: Path) -> None:
    for module in re.findall(r"python -m ([\w.]+)", code(page)):
        if module.partition(".")[0] in ("zueinander", "bench", "tests", "testnet"):
            base = ROOT / "src" if module.startswith("zueinander") else ROOT
            path = base / module.replace(".", "/")
            assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module


@pytest.mark.parametrize("path", [*PAGES, *deployment()], ids=lambda path: str(path.relative_to(ROOT)))
def test_settings_exist(path: Path) -> None:
    known = {str(field.validation_alias) for field in Config.model_fields.values()} | {"ZUEINANDER_FUZZ"}
    assert set(re.findall(r"\bZUEINANDER_\w+", path.read_text())) <= known


def test_every_page_of_docs_is_found_from_the_first() -> None:
    first = ROOT / "docs" / "README.md"
    seen, todo = set(), [first]
    while todo:
        page = todo.pop()
        if page in seen:
            continue
        seen.add(page)
        links = re.findall(r"\]\(([^)#\s]+\.md)", page.read_text())
        todo += [(page.parent / link).resolve() for link in links if not link.startswith("http")]
    assert {page for page in PAGES if page.is_relative_to(ROOT / "docs")} <= seen


def test_the_house_names_every_room() -> None:
    """The table of rooms is the list of folders, neither more nor less."""
    table = re.findall(r"^\| ([a-z, ]+) \|", (ROOT / "docs" / "house.md").read_text(), re.M)
    named = {room for row in table for room in row.split(", ")} - {"rooms"}
    assert named == {path.parent.name for path in ROOMS.glob("*/__init__.py")}


def test_the_contract_of_imports_covers_every_room() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    layers = " ".join(settings["tool"]["importlinter"]["contracts"][0]["layers"])
    assert {f"zueinander.{path.parent.name}" for path in ROOMS.glob("*/__init__.py")} <= set(
        re.findall(r"[\w.]+", layers)
    )


def test_the_command_that_systemd_starts_exists() -> None:
    for unit in (ROOT / "deploy").glob("*.service"):
        started = re.findall(r"^ExecStart=\S+/zueinander (\S+)$", unit.read_text(), re.M)
        assert started
        assert set(started) <= set(COMMANDS)


def test_help_reads_every_command() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "zueinander.house.cli", "--help"], capture_output=True, text=True, check=True
    )
    for name in (*COMMANDS, *PURE):
        assert re.search(rf"^ +{name}\s", run.stdout, re.M), name


def test_every_dependency_is_pinned_with_a_hash() -> None:
    for name in ("runtime", "test"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        pinned = re.findall(r"^([a-z0-9][\w.-]*)(?:\[[^]]*\])?==\S+(?: ; [^\\\n]+)? \\\n    --hash=sha256:", text, re.M)
        packages = re.findall(r"^([a-z0-9][\w.-]*)", text, re.M | re.I)
        assert len(pinned) == len(packages)
        assert "://" not in re.sub(r"#.*", "", text)
        wanted = (ROOT / "requirements" / f"{name}.in").read_text().splitlines()
        names = {re.split(r"[\[=<>~!; ]", line)[0].lower().replace("_", "-").replace(".", "-") for line in wanted}
        assert names - {"-r", ""} <= {one.replace(".", "-") for one in pinned}
