"""Files, web, worker and listeners as processes of one group: begun and ended together, restarted when one dies."""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import IO, TYPE_CHECKING

from zueinander.house.fronting import SOCKET, socket_of_web
from zueinander.house.serving import die_with_parent
from zueinander.shared.config import UnsafeConfig, config
from zueinander.shared.database import django_database, stop_embedded

if TYPE_CHECKING:
    from procrastinate.manager import JobManager

PARTS = ("files", "web", "work", "listen")
_PAUSE_S = (0.2, 1, 2, 5)
_STEADY_S = 5.0  # a child that lived this long was well; its next end starts with the shortest pause again
_HEARTBEAT_S, _STALLED_S = 5.0, 20.0  # of a worker; one that is silent this long is dead


def _ready() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zueinander.house.settings")
    import django

    django.setup()


def migrate() -> None:
    """Brings the database up to date; two at the same time wait for one another."""
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(7319)")
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(7319)")


def first_coordinator_link() -> str | None:
    """A one-time link for the first coordinator, while there is none."""
    from zueinander.people.actions import invite
    from zueinander.people.models import Role, Volunteer

    if Volunteer.objects.filter(role=Role.COORDINATOR).exists():
        return None
    return f"{config().address}/schreibtisch/einladung/{invite(role=Role.COORDINATOR)}"


def _alone(data: Path) -> IO[str]:
    """Holds the data folder; a second start beside the first ends with a clear line and changes nothing."""
    data.mkdir(parents=True, exist_ok=True)
    file = open(data / "up.lock", "w")  # noqa: SIM115  held for the life of the process
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SystemExit(f"zueinander already runs with the data folder {data}. Nothing was started.") from None
    return file


def _port_is_free(host: str, port: int, patience_s: float = 15.0) -> None:
    """After a hard end the old web server needs a moment to go; who holds the port longer is somebody else."""
    until, told = time.monotonic() + patience_s, False
    while (why := _in_the_way(host, port)) is not None:
        if time.monotonic() > until:
            raise SystemExit(f"{host}:{port} cannot be used ({why}). Set PORT to another number.")
        if not told:
            print(f"{host}:{port} is still in use; waiting a moment for it", file=sys.stderr, flush=True)
        told = True
        time.sleep(0.3)


def _in_the_way(host: str, port: int) -> str | None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.strerror or str(error)
    return None


def _start(part: str, socket_of_web: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "zueinander.house.cli", part],
        env={**os.environ, SOCKET: socket_of_web, "PGAPPNAME": f"zueinander {part}"},  # a name in pg_stat_activity
        preexec_fn=die_with_parent,
        start_new_session=True,
    )


class _Group:
    """The children; `ended` is set by a signal. `files` reaches `web` by the socket."""

    def __init__(self, socket_of_web: str) -> None:
        self.ended, self.socket_of_web = False, socket_of_web
        self.children = {part: _start(part, socket_of_web) for part in PARTS}
        self.deaths = dict.fromkeys(PARTS, 0)
        self.started = dict.fromkeys(PARTS, time.monotonic())
        self.again_at = dict.fromkeys(PARTS, 0.0)

    def end(self, signum: int, frame: FrameType | None) -> None:
        self.ended = True

    def watch(self) -> None:
        while not self.ended:
            for part, child in self.children.items():
                if child.poll() is not None:
                    self._restart(part, child.returncode)
            time.sleep(0.2)

    def _restart(self, part: str, code: int) -> None:
        now = time.monotonic()
        if not self.again_at[part]:
            if now - self.started[part] > _STEADY_S:
                self.deaths[part] = 0
            pause = _PAUSE_S[min(self.deaths[part], len(_PAUSE_S) - 1)]
            self.deaths[part] += 1
            self.again_at[part] = now + pause
            print(f"{part} ended with {code}; starting it again in {pause} s", file=sys.stderr, flush=True)
        elif now >= self.again_at[part]:
            self.again_at[part], self.started[part] = 0.0, now
            self.children[part] = _start(part, self.socket_of_web)

    def stop(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + 15
        for child in self.children.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)


def up() -> int:
    settings = config()
    if unsafe := settings.unsafe():
        raise UnsafeConfig("This installation would not be safe:\n  " + "\n  ".join(unsafe))
    lock = _alone(settings.data)
    _port_is_free(settings.host, settings.port)
    django_database(settings)  # starts the embedded server once, for all children
    _ready()
    migrate()
    _collect_static()
    _greet()
    with tempfile.TemporaryDirectory(prefix="zueinander-") as folder:  # nobody else may enter it
        group = _Group(f"{folder}/web")
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, group.end)
        group.watch()
        group.stop()
    if not settings.database_url:
        stop_embedded(settings.data)
    lock.close()
    return 0


def _collect_static() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def _greet() -> None:
    print(f"\nzueinander is at {config().address}", flush=True)
    if link := first_coordinator_link():
        print(f"The first coordinator signs up here (works once):\n{link}\n", flush=True)


def web() -> int:
    """The application: on the socket behind `files`, or alone on the public port."""
    settings, behind = config(), socket_of_web()
    address = f"unix:{behind}" if behind else f"{settings.host}:{settings.port}"
    command = [
        sys.executable, "-m", "gunicorn", "zueinander.house.wsgi:application",
        "--config", "python:zueinander.house.serving", "--bind", address,
        "--workers", str(settings.web_workers),
    ]  # fmt: skip
    os.execv(sys.executable, command)


def work() -> int:
    """Runs background tasks until a signal; what a killed worker left unfinished is taken up again by any worker."""
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from zueinander.networks.actions import reclaim_trying

    reclaim_trying()
    connector = app.connector
    assert isinstance(connector, DjangoConnector)

    queues = ["default", "files"] if config().publishes else ["default"]  # "files": what writes published pages

    async def run() -> None:
        with app.replace_connector(connector.get_worker_connector()) as worker:
            async with worker.open_async():
                freeing = asyncio.create_task(_free_stalled(worker.job_manager))
                try:
                    await worker.run_worker_async(
                        queues=queues, concurrency=4, shutdown_graceful_timeout=10, delete_jobs="successful",
                        update_heartbeat_interval=_HEARTBEAT_S, stalled_worker_timeout=_STALLED_S,
                    )  # fmt: skip
                finally:
                    freeing.cancel()

    asyncio.run(run())
    return 0


async def _free_stalled(jobs: JobManager) -> None:
    """Jobs of workers that died keep their lock and would hold up the same step for ever: they run again.

    Where the same step waits already, that one is enough.
    """
    from procrastinate.exceptions import ConnectorException, UniqueViolation
    from procrastinate.jobs import Status

    while True:
        with suppress(ConnectorException):  # the database is away for a moment, or another worker was quicker
            for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=_STALLED_S):
                try:
                    await jobs.retry_job(job)
                except UniqueViolation:
                    await jobs.finish_job(job, Status.FAILED, delete_job=True)
        await asyncio.sleep(_HEARTBEAT_S)
