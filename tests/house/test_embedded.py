"""The embedded database stops in order, also where only root may look."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from zueinander.shared.database import stop_embedded

START = "import sys; from pathlib import Path; from zueinander.shared.database import embedded_url; "
START += "print(embedded_url(Path(sys.argv[1])))"


def test_it_stops_in_order_below_a_folder_only_its_owner_may_open(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir()
    data = private / "var"
    started = subprocess.run([sys.executable, "-c", START, str(data)], capture_output=True, text=True, timeout=120)
    assert started.returncode == 0, started.stderr
    pid_file, log = data / "postgres" / "postmaster.pid", data / "postgres" / "log"
    assert pid_file.exists()
    private.chmod(0o700)
    stop_embedded(data)
    assert not pid_file.exists()
    assert "database system is shut down" in log.read_text()
    stop_embedded(data)


def test_a_file_left_by_a_crash_harms_nobody_else(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    folder.mkdir()
    (folder / "postmaster.pid").write_text(f"{os.getpid()}\n{folder}\n")
    stop_embedded(tmp_path)  # a signal would end this test
    (folder / "postmaster.pid").write_text("")
    stop_embedded(tmp_path)
