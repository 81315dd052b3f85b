"""`python3 -m shop setup`: what it does once, and what it says when it cannot."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from shop.setup import browser, command, database, environment, folders, pins, ports, secret, stamp
from shop.setup.running import Outcome
from shop.setup.trouble import TroubleError
from tests.ground.processes import runs

ROOT = Path(__file__).parents[2]


@pytest.fixture
def done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A set-up in a folder of its own, whose programs are noted instead of run."""
    from shop.setup import building, translations

    ran: list[list[str]] = []

    def note(words: list[str], *_more: object) -> Outcome:
        ran.append(words)
        return Outcome(0, environment.VERSION)

    monkeypatch.setattr(stamp, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(command, "INSTANCE", tmp_path)
    monkeypatch.setattr(translations, "_compiled", list)
    (tmp_path / "manifest.json").touch()
    monkeypatch.setattr(building, "BUILT", tmp_path)
    for room in (environment, translations, building):
        monkeypatch.setattr(room, "run", note)
    return ran


def test_a_second_set_up_runs_nothing(done: list[list[str]]) -> None:
    command.set_up([])
    assert any("install" in words for words in done)
    done.clear()
    command.set_up([])
    assert done == []


def test_a_plain_set_up_after_one_for_tests_runs_nothing(done: list[list[str]]) -> None:
    command.set_up(["test"])
    done.clear()
    command.set_up([])
    assert done == []


def test_new_requirements_are_installed(
    done: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command.set_up([])
    done.clear()
    changed = tmp_path / "pyproject.toml"
    changed.write_text((ROOT / "pyproject.toml").read_text().replace("flask>=3.1", "flask>=3.1.1"))
    monkeypatch.setattr(environment, "PYPROJECT", changed)
    command.set_up([])
    assert any("flask>=3.1.1" in words for words in done)


def test_the_pins_cover_every_requirement() -> None:
    pinned = {
        line.partition("==")[0]
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if "==" in line
    }
    wanted = environment.requirements(["test", "redis"])
    names = {name.split("[")[0].split(">")[0].split(";")[0].strip().lower() for name in wanted}
    assert names - pinned == set(), "run `make pins`"


def test_uv_run_gets_the_same_pins_as_pip() -> None:
    assert pins.in_pyproject() == (ROOT / "constraints.txt").read_text().splitlines()


def test_a_folder_that_cannot_be_written_to_is_told() -> None:
    with pytest.raises(TroubleError, match=r"cannot be written to .* make it writable for you"):
        folders.writable(Path("/proc/shop"))


def test_a_missing_venv_module_names_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(TroubleError, match="apt-get install python3-venv"):
        environment._with_pip(["flask"])


def test_a_broken_download_is_told_in_one_sentence(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, copy)
    shutil.copytree(ROOT / "shop" / "setup", copy / "shop" / "setup")
    shutil.copy(ROOT / "shop" / "__main__.py", copy / "shop")
    shutil.copy(ROOT / "shop" / "__init__.py", copy / "shop")
    no_network = {
        "PATH": "/usr/bin:/bin",  # where no uv lies
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
        "PIP_NO_CACHE_DIR": "1",
    }
    ran = _shop("setup", folder=copy, environ=no_network)
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert "could not be downloaded" in ran.stderr
    assert "check the network and start again" in ran.stderr
    assert not (copy / ".venv" / "shop-setup.json").exists()


def test_production_is_not_served_by_the_development_command() -> None:
    ran = _shop(environ=dict(os.environ) | {"SHOP_ENV": "production"})
    assert ran.returncode == 1
    assert "docs/operating.md" in ran.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent died")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_a_set_up_that_is_ended_leaves_no_program_running(number: signal.Signals, tmp_path: Path) -> None:
    started = tmp_path / "started"
    child = f"import os, time; open({str(started)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    code = f"import sys; from shop.setup.running import run; run([sys.executable, '-c', {child!r}])"
    set_up = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    assert _until(lambda: started.exists() and started.read_text())
    set_up.send_signal(number)
    set_up.wait()
    assert _until(lambda: not runs(int(started.read_text())))


def test_a_browser_that_cannot_be_brought_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SHOP_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    browser.prepare()
    said = capsys.readouterr().out
    assert said.startswith("NO BROWSER: the browser tests will be skipped.")
    assert "apt-get install chromium" in said


def test_unknown_words_show_what_there_is() -> None:
    ran = _shop("tests")
    assert ran.returncode == 2
    assert "python3 -m shop test" in ran.stderr


@pytest.mark.parametrize("asked", ["http", "0", "65536", "-1"])
def test_what_is_no_port_is_refused(asked: str) -> None:
    with pytest.raises(TroubleError, match="is no port"):
        ports.choose(asked)


def test_without_a_port_the_first_free_one_is_taken() -> None:
    import socket

    first = ports.choose(None)
    with socket.socket() as taken:
        taken.bind((ports.HOST, first))
        taken.listen(1)
        assert first < ports.choose(None) <= ports.LAST


def test_the_secret_stays_and_is_private(tmp_path: Path) -> None:
    made = secret.development_secret(tmp_path)
    assert secret.development_secret(tmp_path) == made
    assert len(made) == 64
    assert stat.S_IMODE((tmp_path / secret.NAME).stat().st_mode) == 0o600


def test_the_newest_migration_is_known_without_alembic() -> None:
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(ROOT / "shop" / "migrations"))
    assert database.heads() == set(script.get_heads())


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_migrated_database_is_recognised(database_url: str) -> None:
    file = database.sqlite_file({"SHOP_DATABASE_URL": database_url})
    assert database.revision(file) in database.heads()


def test_a_missing_or_foreign_file_has_no_revision(tmp_path: Path) -> None:
    foreign = tmp_path / "notes.txt"
    foreign.write_text("no database")
    assert database.revision(tmp_path / "missing.db") is None
    assert database.revision(foreign) is None
    assert database.sqlite_file({"SHOP_DATABASE_URL": "postgresql:///shop"}) is None


def _shop(
    *words: str, folder: Path = ROOT, environ: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "shop", *words],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


def _until(true: Callable[[], object]) -> bool:
    """Whether it became true within ten seconds."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.02)
    return False
