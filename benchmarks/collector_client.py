"""Browsers for `benchmarks.collector`: each keeps its connection and its cookies, and sends what was not answered again.

Runs as a process of its own, so that it has a GIL of its own: `python -m benchmarks.collector_client` reads a plan as JSON from
standard input and writes what came of it as JSON. It knows no Django.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from typing import Any

AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
TIMEOUT = 20.0


@dataclass
class Plan:
    """What to send. `rate` is batches a second by all connections together, sent on time whether or not others were answered;
    0 is as fast as answers come. `visitors` are (id, cookies, address)."""

    port: int
    seconds: float
    connections: int
    batch: int
    rate: float
    visitors: list[tuple[str, dict[str, str], str]]
    first: int = 0
    again: bool = True
    """Whether what was not taken is sent again."""


@dataclass
class Outcome:
    """Milliseconds of each answered batch, counts of events, and statuses."""

    took: list[float] = field(default_factory=list)
    accepted: int = 0
    repeated: int = 0
    failed: int = 0
    sent: int = 0
    retries: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    unanswered: int = 0
    ended: float = 0.0


class Browser:
    """One visitor's."""

    def __init__(self, cookies: dict[str, str], address: str) -> None:
        self.cookies, self.address = dict(cookies), address

    def request(self, port: int, body: bytes) -> bytes:
        """The POST as bytes."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = (
            f"POST /api/events/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: {AGENT}\r\nSec-Fetch-Site: same-origin\r\n"
            f"Origin: http://127.0.0.1:{port}\r\nAccept: */*\r\nAccept-Language: en-GB,en;q=0.9\r\nCookie: {cookies}\r\n"
            f"X-Forwarded-For: {self.address}\r\nContent-Type: text/plain;charset=UTF-8\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    def keep(self, head: bytes) -> None:
        """The cookies of an answer."""
        for line in head.split(b"\r\n"):
            if line[:11].lower() == b"set-cookie:":
                name, _, value = line[11:].strip().partition(b";")[0].decode().partition("=")
                self.cookies[name] = value


class Connection:
    """Kept alive; opened anew when it breaks."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None
        self.rest = b""

    def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Status, head and body of the answer. Raises OSError where there is none."""
        try:
            if self.socket is None:
                self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=TIMEOUT)
                self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.socket.sendall(request)
            return self._answer(self.socket)
        except OSError:
            self.close()
            raise

    def _answer(self, connection: socket.socket) -> tuple[int, bytes, bytes]:
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more(connection)
        head, body = data[:end], data[end + 4 :]
        lower = head.lower()
        place = lower.find(b"content-length:")
        length = int(lower[place + 15 :].split(b"\r\n", 1)[0]) if place >= 0 else 0
        while len(body) < length:
            body += self._more(connection)
        if b"connection: close" in lower:
            self.close()
        return int(head[9:12]), head, body

    def _more(self, connection: socket.socket) -> bytes:
        piece = connection.recv(65_536)
        if not piece:
            raise ConnectionResetError("closed by the server")
        return piece

    def close(self) -> None:
        """The next question opens another."""
        if self.socket is not None:
            self.socket.close()
        self.socket = None


def body_of(name: str, number: int, count: int) -> bytes:
    """A batch whose every event names itself as the product too, so that the table can be counted."""
    events = [
        f'{{"id":"{name}-{number:07d}-{place:02d}","kind":"view","product":"{name}-{number}-{place}","category":"Lamps"}}'
        for place in range(count)
    ]
    return f'{{"events":[{",".join(events)}]}}'.encode()


def work(plan: Plan, place: int, outcome: Outcome, begun: float) -> None:
    """One connection's share of the plan."""
    connection = Connection(plan.port)
    browsers = [(name, Browser(cookies, address)) for name, cookies, address in plan.visitors[place :: plan.connections]]
    pause = plan.connections / plan.rate if plan.rate else 0.0
    due, number = begun + pause * place / plan.connections, plan.first
    while time.perf_counter() - begun < plan.seconds:
        name, browser = browsers[number % len(browsers)]
        if pause:
            time.sleep(max(0.0, due - time.perf_counter()))
        else:
            due = time.perf_counter()
        _tell(plan, outcome, connection, browser, body_of(name, number, plan.batch), due)
        number, due = number + 1, due + pause


def _tell(plan: Plan, outcome: Outcome, connection: Connection, browser: Browser, body: bytes, due: float) -> None:
    """Until it is answered by 202, as a page does that keeps what was not."""
    outcome.sent += plan.batch
    end = time.perf_counter() + 60
    while time.perf_counter() < end:
        try:
            status, head, said = connection.ask(browser.request(plan.port, body))
        except OSError:
            outcome.retries += 1
            time.sleep(0.05)
            continue
        outcome.statuses[str(status)] = outcome.statuses.get(str(status), 0) + 1
        if status == 202:
            outcome.took.append((time.perf_counter() - due) * 1000)
            answer = json.loads(said)
            outcome.accepted += answer["accepted"]
            outcome.repeated += answer["repeated"]
            outcome.failed += len(answer["failed"])
            browser.keep(head)
            return
        if status == 429 and not plan.again:
            return
        if status not in (429, 503):
            raise RuntimeError(f"{status}: {said[:300]!r}")
        outcome.retries += 1
        time.sleep(0.2)
    outcome.unanswered += plan.batch


def main() -> None:
    """Plan in, outcome out."""
    plan = Plan(**json.load(sys.stdin))
    outcomes = [Outcome() for _ in range(plan.connections)]
    begun = time.perf_counter()
    threads = [threading.Thread(target=work, args=(plan, place, outcomes[place], begun)) for place in range(plan.connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = Outcome(ended=time.perf_counter() - begun)
    for each in outcomes:
        total.took += each.took
        for name in ("accepted", "repeated", "failed", "sent", "retries", "unanswered"):
            setattr(total, name, getattr(total, name) + getattr(each, name))
        for status, count in each.statuses.items():
            total.statuses[status] = total.statuses.get(status, 0) + count
    said: dict[str, Any] = asdict(total)
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
