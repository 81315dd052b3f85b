"""How requests come in: bodies whole before anything begins, and few at once through the shop itself.

A thread of the web server that waits for a slow line is lost to everybody else, so there are many threads, and they may
wait for bodies. What works on pages would only take turns with itself if it were many, so that is few.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import IO, Any

Answers = Callable[..., Iterable[bytes]]
BODIES_AT_ONCE = 96  # of 128 threads (setup/serving.py): a quarter is left to those who bring none
READERS_AT_ONCE = 2  # one that works and one that waits for the database
OTHERS_AT_ONCE = 8  # they wait for each other in the database, or for somebody outside
IN_MEMORY_BYTES = 256 * 1024
LARGEST_BYTES = 256 << 20  # more than any view takes; that is refused without being read
PIECE_BYTES = 64 * 1024
NO_ROOM = b"Terlalu banyak kiriman sekaligus. Coba lagi sebentar."
NO_ROOM_EN = b"Too many forms are being sent at once. Try again in a moment."


class Turns:
    """So many at once; who comes later waits in line, or is told that there is no room."""

    def __init__(self, many: int) -> None:
        self._free = many
        self._line: deque[Lock] = deque()
        self._lock = Lock()

    def take(self, *, wait: bool) -> bool:
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            if not wait:
                return False
            called = Lock()
            called.acquire()
            self._line.append(called)
        called.acquire()  # until somebody hands over their turn
        return True

    def __len__(self) -> int:
        """How many wait."""
        return len(self._line)

    def give_back(self) -> None:
        with self._lock:
            if self._line:
                self._line.popleft().release()
            else:
                self._free += 1


class WholeBodies:
    """Takes in the body of a request before it goes further: in memory while it is small, else in a file."""

    def __init__(self, app: Answers, at_once: int = BODIES_AT_ONCE) -> None:
        self._app, self._turns = app, Turns(at_once)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not _brings_a_body(environ):
            return self._app(environ, start_response)
        if not self._turns.take(wait=False):
            return _no_room(environ, start_response)
        try:
            body = _taken_in(environ["wsgi.input"], _told_length(environ))
        finally:
            self._turns.give_back()
        with body:
            environ["wsgi.input"] = body
            environ["wsgi.input_terminated"] = True
            return self._app(environ, start_response)


class FewAtOnce:
    """Lets so many requests work at the same time; the next begins when one has made its answer. Those who read have turns
    of their own: nobody who waits to write keeps a page from being read.

    A short answer goes on in one piece, which the web server sends without coming back for more.
    """

    def __init__(self, app: Answers, readers: int = READERS_AT_ONCE, others: int = OTHERS_AT_ONCE) -> None:
        self._app, self._readers, self._others = app, Turns(readers), Turns(others)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        said: list[Any] = []

        def say(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            said[:] = headers
            return start_response(status, headers, *more)

        turns = self._readers if environ["REQUEST_METHOD"] in ("GET", "HEAD") else self._others
        turns.take(wait=True)
        try:
            answer = self._app(environ, say)
            return _in_one_piece(answer) if _is_short(said) else answer
        finally:
            turns.give_back()


def _is_short(headers: list[tuple[str, str]]) -> bool:
    length = next((value for name, value in headers if name.lower() == "content-length"), "")
    return length.isdecimal() and int(length) <= IN_MEMORY_BYTES


def _in_one_piece(answer: Iterable[bytes]) -> list[bytes]:
    try:
        return [b"".join(answer)]
    finally:
        getattr(answer, "close", lambda: None)()


def _brings_a_body(environ: dict[str, Any]) -> bool:
    return _told_length(environ) > 0


def _told_length(environ: dict[str, Any]) -> int:
    """How long the body is said to be: as long as may be where it comes in chunks; 0 for none, and for one that is longer
    than any view takes, which the view itself refuses.
    """
    if environ.get("HTTP_TRANSFER_ENCODING"):
        return LARGEST_BYTES
    length = environ.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() and int(length) <= LARGEST_BYTES else 0


def _taken_in(line: IO[bytes], length: int) -> IO[bytes]:
    """So much of what comes and not a byte more: on an open line nothing may follow, and asking for it would wait."""
    body = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - closed by who asked
    left = length
    while left > 0 and (piece := line.read(min(left, PIECE_BYTES))):
        body.write(piece)
        left -= len(piece)
    body.seek(0)
    return body


def _no_room(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Before Flask and its languages, so in plain words by the address."""
    words = NO_ROOM_EN if environ.get("PATH_INFO", "").startswith("/en/") else NO_ROOM
    start_response(
        "503 Service Unavailable",
        [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(words))), ("Retry-After", "5"),
         ("Cache-Control", "no-store"), ("Connection", "close")],
    )  # fmt: skip
    return [words]
