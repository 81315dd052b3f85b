"""While machines are renewed one after the other, the last release runs on the new schema.

The last release is the newest tag `v…`; before there is one, the last commit stands in, so that this is tried from the start.
"""

import os
import shutil
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from shop.config import ROOT, Config
from shop.models import CatalogueEntry
from shop.operations.check import check
from tests.bazaar import bazaar

#: What the last release does: reads every kind of page, and writes makers, works, questions, counts and index.
AT_WORK = """
import os, shop
assert shop.__file__.startswith(os.getcwd()), shop.__file__
from shop.app import create_app
from shop.extensions import db, the_shop
from shop.operations.synth import command
app = create_app()
client = app.test_client()
with app.app_context():
    command.load(db.session(), the_shop().council, 20, 2, seed=9)
    db.session.commit()
for path in ("/", "/karya", "/karya?q=tais", "/karya/selendang-nila", "/perajin", "/masuk", "/readyz"):
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status}"
"""


def git(*words: str) -> bytes:
    return subprocess.run(["git", "-C", str(ROOT), *words], check=True, capture_output=True).stdout


def last_release() -> str:
    """The newest tag behind this commit, else the commit."""
    try:
        return git("describe", "--tags", "--abbrev=0", "--match", "v*").decode().strip()
    except subprocess.CalledProcessError:
        return "HEAD"


@pytest.mark.skipif(
    shutil.which("git") is None or not (ROOT / ".git").exists(), reason="there is no history to take it from"
)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_last_release_works_on_the_new_schema(
    app: Flask, session: Session, config: Config, folder: Path
) -> None:
    bazaar(session)
    before = folder / "last-release"
    with tarfile.open(fileobj=BytesIO(git("archive", last_release(), "shop", "wsgi.py"))) as files:
        files.extractall(before, filter="data")
    environment = os.environ | {
        "SHOP_ENV": "development",
        "SHOP_SECRET_KEY": config.secret_key,
        "SHOP_DATABASE_URL": config.database_url,
        "SHOP_INSTANCE": str(config.instance_folder),
        "SHOP_UPLOADS": config.uploads,
        "SHOP_BASE_URL": "http://localhost",
        "PYTHONPATH": str(before),
    }
    done = subprocess.run(
        [sys.executable, "-P", "-c", AT_WORK], cwd=before, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert session.query(CatalogueEntry).count() == 27
    findings = list(check(session.get_bind(), app.extensions["shop"].photos))  # type: ignore[arg-type]
    assert [
        finding for finding in findings if finding.promise != "photos"
    ] == []  # the bazaar's have no files
    assert app.test_client().get("/karya").status_code == 200
