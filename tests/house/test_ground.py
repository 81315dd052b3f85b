"""The ground the other tests stand on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from tests.ground import postgres
from tests.ground.folders import own_folder
from tests.ground.processes import runs

ROOT = Path(__file__).parents[2]
STARTS_AND_HANGS = """
from tests.ground import postgres
server = postgres.start()
print(server.process.pid, server.folder, flush=True)
import time; time.sleep(60)
"""


def test_the_database_is_migrated(database_url: str) -> None:
    engine = create_engine(database_url)
    assert "alembic_version" in inspect(engine).get_table_names()
    engine.dispose()


def test_a_killed_run_leaves_no_server(postgres_server: str) -> None:
    """Asks for the server only to be skipped where there can be none."""
    run = subprocess.Popen(
        [sys.executable, "-c", STARTS_AND_HANGS],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert run.stdout is not None
    pid, folder = run.stdout.readline().split()
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert _ends(int(pid))
    swept = postgres.start()  # the next run sweeps what the killed one left
    swept.stop()
    assert not Path(folder).exists()


def test_folders_of_running_processes_are_kept(tmp_path: Path) -> None:
    kept = own_folder("x", tmp_path)
    gone = tmp_path / "x-4194305-abc"  # above the greatest process id of Linux
    gone.mkdir()
    own_folder("x", tmp_path)
    assert kept.exists()
    assert not gone.exists()


def _ends(pid: int) -> bool:
    """Whether the process is gone, or only its entry waits to be collected."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not runs(pid):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("javascript", [True, False])
def test_a_browser_sees_the_shop(new_page, javascript: bool) -> None:
    page = new_page(width=360, javascript=javascript)
    assert page.goto("/healthz").status == 200


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_a_missing_browser_is_told_loudly_and_fails_in_ci(ci: str, code: int) -> None:
    here = f"{Path(__file__).relative_to(ROOT)}::test_a_browser_sees_the_shop[sqlite-True]"
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", here],
        cwd=ROOT,
        env=dict(os.environ) | {"PATH": "/nowhere", "SHOP_CHROMIUM": "", "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == code, ran.stdout
    assert "NOT TESTED: No Chromium was found" in ran.stdout
    assert ("1 error" if ci else "1 skipped") in ran.stdout
