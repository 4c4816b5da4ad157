"""A real shop for `benchmarks.collector`: gunicorn with two workers before PostgreSQL, and Redis where there is one."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

WORKERS = 2
THREADS = 4
PATIENCE = 30.0


def free_port() -> int:
    """A port that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def redis(folder: Path) -> Iterator[str | None]:
    """The address of a Redis that keeps nothing on disk; None where none is installed."""
    program = shutil.which("redis-server")
    if program is None:
        yield None
        return
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    with _process(command, folder / "redis.log"):
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}"


class Server:
    """One running gunicorn."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port

    def workers(self) -> list[int]:
        """Process ids of its workers."""
        said = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(word) for word in said.split()]

    def seconds(self) -> float:
        """Of processor that its workers took so far."""
        ticks = os.sysconf("SC_CLK_TCK")
        said = [Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split() for worker in self.workers()]
        return sum(int(fields[11]) + int(fields[12]) for fields in said) / ticks

    def kill_a_worker(self) -> int:
        """One of them dies at once, in the middle of whatever it does; its process id."""
        victim = self.workers()[0]
        os.kill(victim, signal.SIGKILL)
        return victim


@contextmanager
def gunicorn(folder: Path, environment: dict[str, str]) -> Iterator[Server]:
    """The demo shop, served until the block ends; what it says is in the folder."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "shopdemo.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(WORKERS), "--threads", str(THREADS), "--worker-class", "gthread", "--keep-alive", "60"]
    with ExitStack() as stack:
        process = stack.enter_context(_process(command, folder / "gunicorn.log", {**os.environ, **environment}))
        _wait_for(port)
        yield Server(process, port)


@contextmanager
def _process(command: list[str], log: Path, environment: dict[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"nothing listens to port {port}")
