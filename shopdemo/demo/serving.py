"""Serves the shop, with a worker beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from types import FrameType

from django.conf import settings

Process = subprocess.Popen[bytes]

WORKER = (
    *("-m", "celery", "--app", "shopdemo", "worker", "--beat", "--pool", "solo"),
    *("--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"),
)
SERVER = ("-m", "django", "runserver", "--noreload")
STOP_SECONDS = 10
LOOK_SECONDS = 0.2


class EndedError(Exception):
    """A process that should run until it is stopped ended by itself."""


def serve(address: str) -> None:
    """Serve on `address` ("host:port") until Ctrl-C or SIGTERM, then stop server and worker.

    Raises EndedError, with both stopped, if one of them ends by itself (the port is taken, the broker cannot be had).
    """
    run_until_stopped({"worker": WORKER, "server": (*SERVER, address)})


def run_until_stopped(commands: dict[str, Sequence[str]]) -> None:
    """Run Python with each of these arguments, until we are told to stop."""
    previous = signal.signal(signal.SIGTERM, _interrupt)
    try:
        with ExitStack() as stack:
            processes = {name: stack.enter_context(running(arguments)) for name, arguments in commands.items()}
            _watch(processes)
    except KeyboardInterrupt:
        return
    finally:
        signal.signal(signal.SIGTERM, previous)


@contextmanager
def running(arguments: Sequence[str]) -> Iterator[Process]:
    """Python with these arguments, in a session of its own, so that Ctrl-C reaches us alone and we stop it in order."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "shopdemo.settings")}
    process = subprocess.Popen([sys.executable, *arguments], cwd=settings.BASE_DIR, env=environment, start_new_session=True)
    try:
        yield process
    finally:
        stop(process)


def stop(process: Process) -> None:
    """Ask the process to end; if it has not after a while, its session is killed."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _watch(processes: dict[str, Process]) -> None:
    while True:
        for name, process in processes.items():
            code = process.poll()
            if code is not None:
                raise EndedError(f"The {name} ended with code {code}; its output above says why.")
        time.sleep(LOOK_SECONDS)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
