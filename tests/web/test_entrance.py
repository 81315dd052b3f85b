"""Bodies come in whole, and few requests work at once."""

import io
import threading
from collections.abc import Iterable
from typing import Any

import pytest

from shop.web.entrance import IN_MEMORY_BYTES, LARGEST_BYTES, FewAtOnce, Turns, WholeBodies


def environ(body: bytes = b"", **more: str) -> dict[str, Any]:
    length = {"CONTENT_LENGTH": str(len(body))} if body else {}
    return {"REQUEST_METHOD": "POST" if body else "GET", "wsgi.input": io.BytesIO(body), **length, **more}


class App:
    """Says how much it was sent."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.closed = False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer = str(len(environ["wsgi.input"].read())).encode()
        start_response("200 OK", [("Content-Length", str(len(answer)))])
        return self._parts(answer)

    def _parts(self, answer: bytes) -> Iterable[bytes]:
        try:
            yield answer
        finally:
            self.closed = True

    def say(self, status: str, headers: object, *_: object) -> None:
        self.said.append(status)


@pytest.mark.parametrize("many", [1, IN_MEMORY_BYTES - 1, IN_MEMORY_BYTES + 1, 3 * IN_MEMORY_BYTES])
def test_a_body_arrives_whole_with_and_without_its_length(many: int) -> None:
    app = App()
    assert b"".join(WholeBodies(app)(environ(b"a" * many), app.say)) == str(many).encode()
    chunked = environ(b"a" * many, HTTP_TRANSFER_ENCODING="chunked")
    del chunked["CONTENT_LENGTH"]
    assert b"".join(WholeBodies(app)(chunked, app.say)) == str(many).encode()


class OpenLine(io.BytesIO):
    """A line on which nothing comes after the body: asking for more would wait for ever."""

    def read(self, size: int | None = -1) -> bytes:
        left = len(self.getvalue()) - self.tell()
        assert size is not None and 0 < size <= left, f"asked for {size} of {left} bytes"
        return super().read(size)


@pytest.mark.parametrize("many", [1, IN_MEMORY_BYTES, 3 * IN_MEMORY_BYTES + 1])
def test_not_a_byte_more_is_asked_for_than_was_told(many: int) -> None:
    app, sent = App(), environ(b"a" * many)
    sent["wsgi.input"] = OpenLine(b"a" * many)
    assert b"".join(WholeBodies(app)(sent, app.say)) == str(many).encode()


def test_what_no_view_takes_is_left_where_it_is() -> None:
    app = App()
    sent = environ(b"a", CONTENT_LENGTH=str(LARGEST_BYTES + 1))
    line = sent["wsgi.input"]
    WholeBodies(app)(sent, app.say)
    assert sent["wsgi.input"] is line


def test_one_body_too_many_is_asked_to_come_again_and_pages_are_not() -> None:
    app = App()
    full = WholeBodies(app, at_once=0)
    assert b"Coba lagi" in b"".join(full(environ(b"a"), app.say))
    assert b"Try again" in b"".join(full(environ(b"a", PATH_INFO="/en/masuk"), app.say))
    assert b"".join(full(environ(), app.say)) == b"0"
    assert app.said == ["503 Service Unavailable", "503 Service Unavailable", "200 OK"]


def test_a_short_answer_goes_on_in_one_piece_and_is_closed() -> None:
    app = App()
    assert FewAtOnce(app)(environ(), app.say) == [b"0"]
    assert app.closed


def test_turns_are_taken_in_the_order_of_coming() -> None:
    turns, order, begun = Turns(1), list[int](), [threading.Event() for _ in range(3)]
    assert turns.take(wait=False)
    assert not turns.take(wait=False)

    def come(number: int) -> None:
        begun[number].set()
        turns.take(wait=True)
        order.append(number)
        turns.give_back()

    people = []
    for number in range(3):
        people.append(threading.Thread(target=come, args=(number,)))
        people[-1].start()
        begun[number].wait()
        while len(turns) < number + 1:
            pass
    turns.give_back()
    for person in people:
        person.join()
    assert order == [0, 1, 2]
    assert turns.take(wait=False)


def test_who_reads_does_not_wait_for_who_writes() -> None:
    app = App()
    assert FewAtOnce(app, readers=1, others=0)(environ(), app.say) == [b"0"]
