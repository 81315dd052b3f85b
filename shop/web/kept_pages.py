"""Keeps the pages that are the same for everybody, ready to send: a layer around Flask, one for each web server.

A page is made once for each version of what it shows, and kept compressed with its ETag. Before it is sent the server
knows of every change that was committed a quarter of a second ago or earlier; while the database does not answer,
nothing changes either, and what was kept stays on show. Whoever sends a cookie is never answered from here, and an
answer that sets one is never kept.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from sys import intern
from typing import Any

import brotli

from shop.web.changes import Changes
from shop.web.keeping import KEPT
from shop.web.packing import brotli_packed

LONGEST_KEPT_S = 600  # whatever happens, a page is made anew after ten minutes, and on a new day
WAITS_S = 5
Headers = list[tuple[str, str]]
Key = tuple[str, str, str, str]


@dataclass
class Answer:
    """A page in one encoding, with all its headers."""

    status: str
    headers: Headers
    body: bytes
    etag: str


@dataclass
class Kept:
    """A page: what makes it old, and its encodings as far as somebody asked for them."""

    tags: tuple[str, ...]
    made: tuple[int, int]
    at: datetime
    headers: Headers
    packed: bytes
    etag: str
    answers: dict[str, Answer] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def in_encoding(self, encoding: str) -> Answer:
        answer = self.answers.get(encoding)
        if answer is None:
            answer = self.answers[encoding] = _encoded(self, encoding)
        return answer

    @property
    def size(self) -> int:
        return len(self.packed) + 2_000


class KeptPages:
    """The layer. `most_bytes` is how much it may keep; what was not asked for longest goes first."""

    def __init__(self, app: Any, changes: Changes, clock: Callable[[], datetime], most_bytes: int) -> None:
        self._app, self._changes, self._clock, self._most_bytes = app, changes, clock, most_bytes
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("HTTP_COOKIE"):
            return self._app(environ, start_response)  # type: ignore[no-any-return]
        known = self._changes.look()
        key = (
            environ["wsgi.url_scheme"],
            environ.get("HTTP_HOST", ""),
            environ.get("PATH_INFO", ""),
            environ.get("QUERY_STRING", ""),
        )
        kept = self._pages.get(key)
        if kept is not None and self._is_fresh(kept):
            return self._send(key, kept, environ, start_response)
        if not known:
            return self._app(environ, start_response)  # type: ignore[no-any-return]
        if kept is None:
            return self._make(key, environ, start_response)
        with _Held(kept.lock):  # one makes it anew, the others wait for that
            newer = self._pages.get(key)
            if newer is not None and newer is not kept and self._is_fresh(newer):
                return self._send(key, newer, environ, start_response)
            return self._make(key, environ, start_response)

    def forget(self) -> None:
        """Keep nothing of what was made so far."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0
        self._changes.forget()

    def __len__(self) -> int:
        return len(self._pages)

    def _is_fresh(self, kept: Kept) -> bool:
        age_s = (self._clock() - kept.at).total_seconds()
        return 0 <= age_s < LONGEST_KEPT_S and not self._changes.is_old(kept.made, kept.tags)

    def _send(
        self, key: Key, kept: Kept, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        answer = kept.in_encoding(_best_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
        with suppress(KeyError):  # another thread has just dropped it
            self._pages.move_to_end(key)
        if answer.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", _without_body(answer.headers))
            return [b""]
        start_response(answer.status, answer.headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else answer.body]

    def _make(self, key: Key, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Let Flask answer; keep the page, if it says so, and send it as it is kept."""
        if environ["REQUEST_METHOD"] == "HEAD":
            return self._app(environ, start_response)  # type: ignore[no-any-return]
        made, at = self._changes.now, self._clock()
        environ[KEPT] = None
        said: list[Any] = []
        body = self._app(environ, lambda *what: said.append(what))
        if environ[KEPT] is None:
            start_response(*said[0])
            return body  # type: ignore[no-any-return]
        status, headers = said[0][:2]
        try:
            plain = b"".join(body)
        finally:
            getattr(body, "close", lambda: None)()
        if any(name.lower() == "set-cookie" for name, _ in headers):
            start_response(status, _for_one_alone(headers))
            return [plain]
        packed = brotli_packed(plain, quality=5)
        etag = hashlib.sha256(plain).hexdigest()[:20]
        kept = Kept(environ[KEPT], made, at, _lasting(headers), packed, etag)
        self._put(key, kept)
        return self._send(key, kept, environ, start_response)

    def _put(self, key: Key, kept: Kept) -> None:
        with self._lock:
            old = self._pages.pop(key, None)
            self._bytes += kept.size - (old.size if old else 0)
            self._pages[key] = kept
            while self._bytes > self._most_bytes and len(self._pages) > 1:
                _, dropped = self._pages.popitem(last=False)
                self._bytes -= dropped.size


class _Held:
    """A lock that is waited for a few seconds only: a stuck maker must not stop everybody."""

    def __init__(self, lock: threading.Lock) -> None:
        self._lock = lock

    def __enter__(self) -> None:
        self._mine = self._lock.acquire(timeout=WAITS_S)

    def __exit__(self, *_: object) -> None:
        if self._mine:
            self._lock.release()


def _best_encoding(accepted: str) -> str:
    """`br`, `gzip` or nothing; a browser that refuses one says q=0, which none does for these."""
    return "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""


def _encoded(kept: Kept, encoding: str) -> Answer:
    """Brotli is what is kept; the others are made when somebody asks for them, which is seldom."""
    body, told = kept.packed, [("Content-Encoding", encoding)]
    if encoding == "gzip":
        body = gzip.compress(brotli.decompress(kept.packed), 6, mtime=0)
    elif not encoding:
        body, told = brotli.decompress(kept.packed), []
    etag = f'"{kept.etag}{encoding}"'
    headers = [*kept.headers, *told, ("ETag", etag), ("Content-Length", str(len(body)))]
    return Answer("200 OK", headers, body, etag)


def _lasting(headers: Headers) -> Headers:
    """What every visitor may get; the number of a request belongs to one alone. Words that many pages say are held once."""
    dropped = {"content-length", "content-encoding", "etag", "x-request-id", "vary"}
    return [
        *((intern(name), intern(value)) for name, value in headers if name.lower() not in dropped),
        ("Vary", "Accept-Encoding, Cookie"),
    ]


def _for_one_alone(headers: Headers) -> Headers:
    others = [(n, v) for n, v in headers if n.lower() not in ("cache-control", "content-encoding")]
    return [*others, ("Cache-Control", "private, no-cache")]


def _without_body(headers: Headers) -> Headers:
    told = {"etag", "cache-control", "vary", "content-security-policy"}
    return [(name, value) for name, value in headers if name.lower() in told]
