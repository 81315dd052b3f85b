"""Fixtures for every test: each test that asks for a database runs on SQLite and on PostgreSQL.

A test that needs only one of them says
`@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)`.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.ground.folders import own_folder
from tests.ground.missing import lacking
from tests.ground.said import SENTENCES

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser, Page
    from sqlalchemy.orm import Session

    from shop.config import Config
    from tests.ground.apps import Apps
    from tests.ground.browser import Visitors
    from tests.ground.databases import Postgres, Sqlite

ENGINES = ("sqlite", "postgresql")


# --- databases -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for this worker, in memory where the machine has such a place."""
    memory = Path("/dev/shm")
    folder = own_folder(
        "shop-tests", memory if os.access(memory, os.W_OK) else tmp_path_factory.getbasetemp()
    )
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a server to make databases on; stopped again when it was ours."""
    from tests.ground import postgres

    named = os.environ.get("SHOP_TEST_DATABASE_URL")
    if named:
        yield named.replace("postgresql://", "postgresql+psycopg://", 1)
        return
    try:
        server = postgres.start()
    except postgres.NoPostgresError as error:
        lacking(
            f"PostgreSQL could not be started ({error}), so its half of the tests did not run.",
            "Set SHOP_TEST_DATABASE_URL to a server where databases may be created.",
        )
    try:
        yield server.url
    finally:
        server.stop()


@pytest.fixture(scope="session")
def sqlite_databases(ground: Path) -> "Sqlite":
    from tests.ground.databases import Sqlite

    return Sqlite(ground)


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: str, ground: Path) -> "Iterator[Postgres]":
    from tests.ground.databases import Postgres, name_of_worker

    databases = Postgres(postgres_server, name_of_worker(), ground)
    yield databases
    databases.drop()


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgresql`: the one this run of the test is on."""
    return str(request.param)


@pytest.fixture
def folder(ground: Path) -> Iterator[Path]:
    """A folder for this test: its SQLite file, its uploads, its mail. Always the same one, and empty."""
    own = ground / "place"
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir()
    yield own
    shutil.rmtree(own, ignore_errors=True)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, engine_name: str, folder: Path) -> str:
    """The address of a migrated database without rows."""
    kind = "sqlite_databases" if engine_name == "sqlite" else "postgres_databases"
    return str(request.getfixturevalue(kind).fresh(folder))


# --- the shop --------------------------------------------------------------------------------


@pytest.fixture
def settings() -> dict[str, str]:
    """Further SHOP_… settings for the app of this test; override the fixture to set some."""
    return {}


@pytest.fixture
def port() -> int:
    from tests.ground.serving import free_port

    return free_port()


@pytest.fixture
def config(
    request: pytest.FixtureRequest, database_url: str, folder: Path, settings: dict[str, str]
) -> "Config":
    from tests.ground.settings import config_for

    address = "http://localhost"
    if "live_server" in request.fixturenames:
        address = f"http://127.0.0.1:{request.getfixturevalue('port')}"
    return config_for(database_url, folder, address, **settings)


@pytest.fixture(scope="session")
def compiled_templates(ground: Path) -> Any:
    """Templates are compiled once per worker, though every test has an app of its own."""
    from jinja2 import FileSystemBytecodeCache

    cache = ground / "templates"
    cache.mkdir()
    return FileSystemBytecodeCache(str(cache))


@pytest.fixture(scope="session")
def apps(compiled_templates: Any) -> "Apps":
    from tests.ground.apps import Apps

    return Apps(compiled_templates)


@pytest.fixture
def app(config: "Config", apps: "Apps") -> "Iterator[Flask]":
    """The whole shop on this test's database. No app context is held open around the test."""
    with apps.lent(config) as app:
        yield app


@pytest.fixture
def unshared_app(config: "Config") -> "Iterator[Flask]":
    """A shop no other test gets, for a test that adds doors to it."""
    from shop.app import create_app
    from shop.extensions import db

    app = create_app(config)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: "Flask") -> "FlaskClient":
    return app.test_client()


@pytest.fixture
def session(app: "Flask", database_url: str) -> "Iterator[Session]":
    """A session outside any request: commits only when told to.

    It reads without holding a lock, so a test may look, let the client change something, and look again
    (after `session.expire_all()`, or in a new query for columns).
    """
    from sqlalchemy.orm import Session

    from tests.ground.databases import engine_of_a_bystander

    engine = engine_of_a_bystander(database_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


# --- a browser -------------------------------------------------------------------------------


@pytest.fixture
def live_server(app: "Flask", port: int) -> Iterator[str]:
    """The address of the shop of this test, served in a thread."""
    from tests.ground.serving import served

    with served(app, port) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One Chromium per worker."""
    from tests.ground.browser import chromium, chromium_path

    path = chromium_path()
    if path is None:
        lacking(
            "No Chromium was found, so the browser tests did not run.",
            "Install one (apt-get install chromium) or set SHOP_CHROMIUM to its path.",
        )
    with chromium(path) as browser:
        yield browser


@pytest.fixture
def new_page(browser: "Browser", live_server: str) -> "Iterator[Visitors]":
    """`new_page(width=360, javascript=False, locale="en-GB")`: a page of a new visitor.

    When the test is over, errors in any page's script and refusals by the CSP fail it.
    """
    from tests.ground.browser import Visitors

    visitors = Visitors(browser, live_server)
    yield visitors
    visitors.leave()
    assert not visitors.complaints, "\n".join(visitors.complaints)


@pytest.fixture
def page(new_page: "Callable[..., Page]") -> "Page":
    return new_page()


# --- the run ---------------------------------------------------------------------------------


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`-m "not browser"` leaves out what needs a browser, without anybody marking it."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands its sentences to the process that writes the end of the run."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["said"] = sorted(SENTENCES)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    SENTENCES.update(getattr(node, "workeroutput", {}).get("said", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for sentence in sorted(SENTENCES):
        terminalreporter.write_line(f"NOT TESTED: {sentence}", red=True, bold=True)
