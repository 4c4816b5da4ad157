"""Processes that stand in for server and worker: what is under test is that nothing is left running."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from shopdemo.demo import serving
from shopdemo.demo.serving import EndedError, run_until_stopped, running, stop

SLEEP = ("-c", "import time; time.sleep(60)")


def test_a_process_ends_with_its_context() -> None:
    with running(SLEEP) as process:
        assert process.poll() is None
    assert process.returncode == -signal.SIGTERM


def test_whoever_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "STOP_SECONDS", 0.2)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        stop(process)
    assert process.returncode == -signal.SIGKILL


def test_if_one_ends_the_others_are_stopped_and_it_is_told(tmp_path: Path) -> None:
    mark = tmp_path / "stopped"
    says = (
        "import pathlib, signal, sys, time\n"
        f"signal.signal(signal.SIGTERM, lambda *_: (pathlib.Path({str(mark)!r}).touch(), sys.exit()))\n"
        f"pathlib.Path({str(tmp_path / 'up')!r}).touch()\n"
        "time.sleep(60)"
    )
    waits = (
        f"import pathlib, time\nwhile not pathlib.Path({str(tmp_path / 'up')!r}).exists(): time.sleep(0.02)\nraise SystemExit(3)"
    )
    with pytest.raises(EndedError, match="The server ended with code 3"):
        run_until_stopped({"worker": ("-c", says), "server": ("-c", waits)})
    assert mark.exists()


def test_sigterm_stops_all_in_order() -> None:
    before = signal.getsignal(signal.SIGTERM)
    timer = threading.Timer(0.5, signal.raise_signal, [signal.SIGTERM])
    timer.start()
    run_until_stopped({"worker": SLEEP, "server": SLEEP})
    timer.join()
    assert signal.getsignal(signal.SIGTERM) is before
