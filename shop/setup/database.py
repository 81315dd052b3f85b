"""Brings the database to the newest migration, and puts demo data into a new one."""

import re
import sqlite3
from pathlib import Path

from shop.setup import stamp
from shop.setup.places import INSTANCE, MIGRATIONS, PYTHON
from shop.setup.running import LOG, run, shown
from shop.setup.trouble import TroubleError

STATE = INSTANCE / "setup.json"
NO_SUCH_COMMAND = 2


def prepare(environment: dict[str, str]) -> None:
    """Migrations, then demo data unless this database has had them. Raises TroubleError."""
    before = revision(sqlite_file(environment))
    if before is None or before not in heads():
        print("Setting up: the database", flush=True)
        _flask(environment, "db", "upgrade")
    if before is None and sqlite_file(environment):
        stamp.forget("demo", STATE)  # the file is new, whatever was in one of the same name
    _demo_once(environment)


def sqlite_file(environment: dict[str, str]) -> Path | None:
    """The database's file; None when it is no SQLite."""
    url = environment.get("SHOP_DATABASE_URL", "")
    if not url:
        return INSTANCE / "shop.db"
    path = url.partition(":///")[2]
    return Path(path) if url.startswith("sqlite:///") and path else None


def revision(file: Path | None) -> str | None:
    """The revision a SQLite database is at, read without any library; None when it has none."""
    if file is None or not file.exists():
        return None
    try:
        connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None


def heads(folder: Path = MIGRATIONS) -> set[str]:
    """The revisions that no other follows, from the text of the migrations."""
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.py")]
    revisions = {
        found for text in texts for found in re.findall(r"^revision\b[^=]*=\s*[\"'](\w+)", text, re.M)
    }
    followed = {
        found
        for text in texts
        for line in re.findall(r"^down_revision\b[^=]*=(.*)$", text, re.M)
        for found in re.findall(r"[\"'](\w+)[\"']", line)
    }
    return revisions - followed


def _demo_once(environment: dict[str, str]) -> None:
    """Once for each database; a person who removes the demo data keeps it removed."""
    which = environment.get("SHOP_DATABASE_URL", "")
    inputs = stamp.print_of([], which)
    if stamp.recall("demo", STATE) == inputs:
        return
    print("Setting up: demo data (about a minute)", flush=True)
    made = run([str(PYTHON), "-m", "flask", "--app", "wsgi", "demo"], environment)
    if made.code == NO_SUCH_COMMAND and "No such command" in made.said:
        return
    if not made.well:
        raise TroubleError(f"The demo data could not be made ({made.reason}); see {shown(LOG)}.")
    stamp.remember("demo", inputs, STATE)


def _flask(environment: dict[str, str], *words: str) -> None:
    done = run([str(PYTHON), "-m", "flask", "--app", "wsgi", *words], environment)
    if not done.well:
        raise TroubleError(f"`flask {' '.join(words)}` did not work ({done.reason}); see {shown(LOG)}.")
