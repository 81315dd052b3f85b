"""Sixty slow clients: some send their request byte by byte, some a body, some read slowly. What do the others notice?

A third each: headers that never end, a form whose body comes a byte a second, and readers that take a page a few bytes a
second. While they hold their connections, pages are asked for as always.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator

from bench.databases import place
from bench.pages import CONSTANT, asked, served, told

SLOW = 60
PAGES = {
    "constant string": CONSTANT,
    "craft, kept": "/kerajinan/tenun-ikat",
    "craft, made anew": "/kerajinan/tenun-ikat",
}


def rows() -> Iterator[tuple[str, str]]:
    yield "other programs at work (load before the run)", f"{os.getloadavg()[0]:.1f}"
    with place("sqlite", 10_000) as here, served(here.environment) as (port, _process):
        yield from beside_slow_clients(port)


def beside_slow_clients(port: int) -> Iterator[tuple[str, str]]:
    """Every page alone, then beside them."""
    for what in ("alone", f"beside {SLOW} slow clients"):
        ended = threading.Event()
        clients = [] if what == "alone" else _clients(port, ended)
        for name, path in PAGES.items():
            cookie = {"Cookie": "x=1"} if "anew" in name else {}
            yield f"{name}, {what}", told(asked(port, [path], cookie))
        ended.set()
        for client in clients:
            client.join()


def _clients(port: int, ended: threading.Event) -> list[threading.Thread]:
    kinds = (_headers, _body, _reader)
    clients = [
        threading.Thread(target=kinds[number % 3], args=(port, ended), daemon=True) for number in range(SLOW)
    ]
    for client in clients:
        client.start()
    time.sleep(2)
    return clients


def _headers(port: int, ended: threading.Event) -> None:
    """A request whose headers never end."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"GET /karya HTTP/1.1\r\nHost: localhost\r\n")
        while not ended.wait(1):
            line.sendall(b"X-Slow: 1\r\n")


def _body(port: int, ended: threading.Event) -> None:
    """A form that promises a hundred kilobytes and sends a byte a second."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(
            b"POST /masuk HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n\r\nemail="
        )
        while not ended.wait(1):
            line.sendall(b"a")


def _reader(port: int, ended: threading.Event) -> None:
    """Asks for page after page on one line and reads a few bytes a second, with hardly any room to receive."""
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
        line.connect(("127.0.0.1", port))
        line.sendall(b"GET /karya HTTP/1.1\r\nHost: localhost\r\nCookie: x=1\r\n\r\n" * 20)
        while not ended.wait(1):
            line.recv(64)
