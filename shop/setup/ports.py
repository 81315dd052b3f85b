"""Which port to serve on: the one asked for, or the first free one."""

import errno
import os
import socket

from shop.setup.trouble import TroubleError

HOST = "127.0.0.1"
FIRST = 8000
LAST = 8099


def choose(asked: str | None) -> int:
    """`PORT` when it is set, else the first free one from 8000 on. Raises TroubleError."""
    if not asked:
        return _first_free()
    if not asked.isdecimal() or not 0 < int(asked) < 65536:
        raise TroubleError(f"PORT is “{asked}”, which is no port: choose one from 1024 to 65535.")
    return _free(int(asked))


def _free(port: int) -> int:
    problem = _problem(port)
    if problem == errno.EADDRINUSE:
        raise TroubleError(
            f"Port {port} is in use by another program: end that one, or choose another port,"
            f" for example `PORT={port + 1 if port < 65535 else 8000} python3 -m shop`."
        )
    if problem:
        raise TroubleError(f"Port {port} may not be used ({os.strerror(problem)}): choose one above 1023.")
    return port


def _first_free() -> int:
    for port in range(FIRST, LAST + 1):
        if not _problem(port):
            return port
    raise TroubleError(f"The ports {FIRST} to {LAST} are all in use: name a free one with PORT=….")


def _problem(port: int) -> int | None:
    """The error number that serving there would end with; None when it is free."""
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left is free
        try:
            probe.bind((HOST, port))
            probe.listen(1)
        except OSError as error:
            return error.errno or errno.EIO
    return None
