"""Runs another program quietly and keeps what it said for the moment it is needed."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from shop.setup.dying import with_us
from shop.setup.places import INSTANCE, ROOT

LOG = INSTANCE / "setup.log"


@dataclass(frozen=True)
class Outcome:
    """How a program ended: whether well, its exit code, and all it said."""

    code: int
    said: str

    @property
    def well(self) -> bool:
        return self.code == 0

    @property
    def reason(self) -> str:
        """The last thing it said, as part of a sentence."""
        lines = [line.strip(" │╰─▶") for line in self.said.splitlines() if line.strip(" │╰─▶")]
        return lines[-1].rstrip(".")[:200] if lines else f"exit code {self.code}"


def run(words: list[str], environment: dict[str, str] | None = None, folder: Path = ROOT) -> Outcome:
    """Run to the end without input. Its words go to the log; a program that is not there ends badly."""
    try:
        ended = subprocess.run(
            words,
            cwd=folder,
            env=surroundings() | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            preexec_fn=with_us(),
        )
    except OSError as error:
        return Outcome(127, f"{words[0]}: {error.strerror}")
    said = ended.stdout.decode(errors="replace")
    _keep(f"$ {' '.join(words[:4])} …\n{said}\n")
    return Outcome(ended.returncode, said)


def surroundings() -> dict[str, str]:
    """This process's environment; uv and Node are told to use the system's certificates, as pip does."""
    return {"UV_SYSTEM_CERTS": "1", "NODE_USE_SYSTEM_CA": "1", "PIP_NO_INPUT": "1"} | dict(os.environ)


def shown(path: Path) -> str:
    """The path as a person at the project's folder would type it."""
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def as_root(command: str) -> str:
    """The command as a person has to type it."""
    return command if is_root() else f"sudo {command}"


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _keep(said: str) -> None:
    try:
        with LOG.open("a", encoding="utf-8") as log:
            log.write(said)
    except OSError:
        return  # a log is a help; that it cannot be written is told by the step that must write
