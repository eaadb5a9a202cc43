"""Readers see all of the old or all of the new, whatever happens to the writer."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
from pathlib import Path

import brotli
import pytest

from zueinander.site.story import tree

WRITER = """
import os, signal, sys
from pathlib import Path
from zueinander.site.story import tree
root, steps = Path(sys.argv[1]), int(sys.argv[2])
def watch(frame, event, arg):
    global steps
    if frame.f_code.co_filename == tree.__file__ and event == "line":
        steps -= 1
        if steps < 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return watch
sys.settrace(watch)
with tree.locked(root):
    tree.replace(root, prefixes=("fuer/x/",), files={f"fuer/x/{n}.html": b"new" * 50 for n in range(3)})
sys.settrace(None)
print(steps)
"""


def write(root: Path, files: dict[str, bytes], prefix: str = "fuer/x/") -> None:
    with tree.locked(root):
        tree.replace(root, prefixes=(prefix,), files=files)


def seen(root: Path) -> dict[str, bytes]:
    now = tree.current(root)
    assert now is not None
    return {p.relative_to(now).as_posix(): p.read_bytes() for p in now.rglob("*") if p.is_file()}


def plain(root: Path) -> set[bytes]:
    return {data for name, data in seen(root).items() if name.endswith(".html")}


def test_a_writer_killed_at_any_line_leaves_the_old_or_the_new_and_never_both(tmp_path: Path) -> None:
    """Lines all over the writing, and closer to one another around the switch."""
    root = tmp_path / "public"
    old = {f"fuer/x/{n}.html": b"old" * 50 for n in range(3)}
    write(root, {**old, "fuer/x/only-old.html": b"old" * 50})
    write(tmp_path / "count", {**old, "fuer/x/only-old.html": b"old" * 50})
    whole = subprocess.run(
        [sys.executable, "-c", WRITER, str(tmp_path / "count"), "100000"], capture_output=True, text=True, check=True
    )
    lines = 100_000 - int(whole.stdout)
    met = set()
    for steps in [*range(0, lines - 30, max(1, lines // 12)), *range(lines - 30, lines, 3)]:
        done = subprocess.run([sys.executable, "-c", WRITER, str(root), str(steps)], capture_output=True, check=False)
        assert done.returncode == -signal.SIGKILL
        kinds = plain(root)
        assert len(kinds) == 1, f"a mixture after {steps} lines"
        kind = kinds.pop()
        met.add(kind)
        assert ("fuer/x/only-old.html" in seen(root)) is kind.startswith(b"old")
        write(root, {**old, "fuer/x/only-old.html": b"old" * 50})
        assert len(list((root / "releases").iterdir())) == 1, "what the killed one left is cleared away"
    assert met == {b"old" * 50, b"new" * 50}


def test_variants_hold_the_same_text(tmp_path: Path) -> None:
    write(tmp_path, {"fuer/x/index.html": b"<p>Hallo</p>" * 40, "fuer/x/bild.webp": b"RIFF"})
    found = seen(tmp_path)
    assert gzip.decompress(found["fuer/x/index.html.gz"]) == brotli.decompress(found["fuer/x/index.html.br"])
    assert found["fuer/x/index.html"] == b"<p>Hallo</p>" * 40
    assert "fuer/x/bild.webp.gz" not in found


def test_what_did_not_change_stays_the_same_file_and_other_stories_stay(tmp_path: Path) -> None:
    write(tmp_path, {"fuer/y/index.html": b"y"}, "fuer/y/")
    write(tmp_path, {"fuer/x/a.html": b"a", "fuer/x/b.html": b"b"})
    before = {name: os.stat(tmp_path / "current" / f"fuer/{name}").st_ino for name in ("x/a.html", "y/index.html.br")}
    write(tmp_path, {"fuer/x/a.html": b"a", "fuer/x/b.html": b"other"})
    after = {name: os.stat(tmp_path / "current" / f"fuer/{name}").st_ino for name in before}
    assert before == after
    assert seen(tmp_path)["fuer/x/b.html"] == b"other"


@pytest.mark.parametrize("name", ["fuer/z/a.html", "fuer/x/../../etc/passwd", "/etc/passwd"])
def test_nothing_is_written_outside_the_story(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="outside"):
        write(tmp_path, {name: b""})
