"""Child processes that end together: with us, with each other, and even when we are killed."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from types import FrameType

from shop.setup.dying import with_us
from shop.setup.places import ROOT

SECONDS_TO_END = 10
ENDING = [signal.SIGINT, signal.SIGTERM] + ([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])


@dataclass
class Child:
    """A program we started. `ends_on` is the signal it ends tidily on."""

    name: str
    process: subprocess.Popen[bytes]
    ends_on: int = signal.SIGTERM


class AskedToEnd:
    """Whether Ctrl-C, SIGTERM or a closed terminal asked us to end; a second time means: at once."""

    def __init__(self) -> None:
        self.times = 0
        for number in ENDING:
            signal.signal(number, self._hear)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self.times += 1


def start(name: str, words: list[str], environment: dict[str, str], ends_on: int = signal.SIGTERM) -> Child:
    """Start in a session of its own, so that Ctrl-C reaches only us and we end the children in order."""
    posix = os.name == "posix"
    process = subprocess.Popen(
        words,
        cwd=ROOT,
        env=dict(os.environ) | environment,
        stdin=subprocess.DEVNULL,
        start_new_session=posix,
        preexec_fn=with_us(ends_on),
    )
    return Child(name, process, ends_on)


def end(children: list[Child], asked: AskedToEnd) -> None:
    """Ask each to end, wait, and kill with all its own children what is left after ten seconds."""
    patience = asked.times + 1
    for child in children:
        if child.process.poll() is None:
            child.process.send_signal(child.ends_on)
    deadline = time.monotonic() + SECONDS_TO_END
    while time.monotonic() < deadline and asked.times < patience:
        if all(child.process.poll() is not None for child in children):
            break
        time.sleep(0.05)
    for child in children:
        _kill_group(child.process.pid)
        child.process.wait()


def _kill_group(group: int) -> None:
    """Also what a child left behind; the group's number is ours as long as anything is in it."""
    if os.name == "posix":
        try:
            os.killpg(group, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return
