"""Databases of the sizes to measure, made once and kept in a folder: SQLite files, and PostgreSQL's, served as in the
tests."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

#: What a server of two gigabytes would be given.
SERVER = {"shared_buffers": "512MB", "max_wal_size": "4GB"}
FOLDER = Path(os.environ.get("SHOP_BENCH_FOLDER", "/tmp/shop-bench"))


@dataclass(frozen=True)
class Place:
    """One database: its settings, its size on disk, and how long filling it took (0 if it was there already)."""

    engine: str
    works: int
    environment: dict[str, str]
    bytes: int
    seconds: float


def environment(engine: str, works: int, url: str) -> dict[str, str]:
    folder = FOLDER / f"{engine}-{works}"
    folder.mkdir(parents=True, exist_ok=True)
    return os.environ | {
        "SHOP_ENV": "development",
        "SHOP_SECRET_KEY": "for-measuring-only-0123456789abcdefghij",
        "SHOP_INSTANCE": str(folder),
        "SHOP_UPLOADS": str(folder / "uploads"),
        "SHOP_DATABASE_URL": url or f"sqlite:///{folder / 'shop.db'}",
        "SHOP_LIMITS": "off",
    }


@contextmanager
def place(engine: str, works: int) -> Iterator[Place]:
    """The filled database, for as long as it is measured."""
    if engine == "sqlite":
        yield _filled(engine, works, environment(engine, works, ""))
        return
    from tests.ground import postgres

    server = postgres.start(FOLDER / f"{engine}-{works}" / "data", **SERVER)
    try:
        url = _made(server.url, "shop")
        yield _filled(engine, works, environment(engine, works, url))
    finally:
        server.stop()


def _made(server_url: str, name: str) -> str:
    with create_engine(server_url, isolation_level="AUTOCOMMIT").connect() as connection:
        if not connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}):
            connection.execute(
                text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
            )
    url = make_url(server_url).set(database=name).render_as_string(hide_password=False)
    return url.replace("postgresql+psycopg://", "postgresql://")


def _filled(engine: str, works: int, settings: dict[str, str]) -> Place:
    seconds = 0.0
    filled = Path(settings["SHOP_INSTANCE"]) / ("shop.db" if engine == "sqlite" else "filled")
    if not filled.exists():
        _flask(settings, "db", "upgrade")
        began = time.monotonic()
        _flask(settings, "synth", "--listings", str(works))
        seconds = time.monotonic() - began
        filled.touch()
    return Place(engine, works, settings, _bytes(settings["SHOP_DATABASE_URL"]), seconds)


def _flask(settings: dict[str, str], *words: str) -> None:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    done = subprocess.run(command, env=settings, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stderr[-2000:]}")


def _bytes(url: str) -> int:
    if url.startswith("sqlite"):
        return Path(url.removeprefix("sqlite:///")).stat().st_size
    with create_engine(url.replace("postgresql://", "postgresql+psycopg://")).connect() as connection:
        connection.execute(text("ANALYZE"))
        return int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)
