"""The picture room: a process of its own that decodes strangers' files, `python -m shop.images`.

Each line of standard input is a job as JSON, each line of standard output its answer. Whatever a file does to
a decoder, it does it here, inside a memory limit, and never to the web or the worker. The end of standard
input (the owner closed it, or was killed) ends the process; so does idleness, to give the memory back.
"""

from __future__ import annotations

import json
import resource
import select
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from shop.domain.photo import PhotoRefused
from shop.domain.photo_edit import Edit
from shop.images.place import forget_place
from shop.images.render import preview, render

MEMORY_LIMIT = 2 * 1024**3
IDLE_S = 120


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    with suppress(OSError):  # where memory runs out, the kernel shall take this process and not the web
        Path("/proc/self/oom_score_adj").write_text("900")
    while select.select([sys.stdin], [], [], IDLE_S)[0]:
        line = sys.stdin.readline()
        if not line:
            return
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """`{"done": …}`, `{"refused": name of the error class}` or `{"failed": what happened}`."""
    file, target = Path(job["source"]), Path(job["target"])
    try:
        edit = Edit.read(job["edit"])
        with file.open("rb") as source:
            made = (preview if job["make"] == "preview" else render)(source, target, edit)
        if (
            job["make"] == "preview" and edit == Edit()
        ):  # what was edited lies in the store, without the place
            forget_place(file)
    except PhotoRefused as refusal:
        return {"refused": type(refusal).__name__}
    except Exception as failure:
        return {"failed": f"{type(failure).__name__}: {failure}"[:300]}
    return {"done": asdict(made)}


if __name__ == "__main__":
    main()
