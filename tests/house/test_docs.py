"""What the documents promise is there."""

import re
import subprocess
from pathlib import Path

import pytest
from click import Context

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")
OUTSIDE = ("/work/", "/home/", "/root/")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_files_lead_somewhere(path: Path) -> None:
    dead = [
        link for link in LINK.findall(path.read_text(encoding="utf-8")) if not (path.parent / link).exists()
    ]
    assert not dead


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_make_targets_in_documents_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    named = set(re.findall(r"`make ([a-z]+)", path.read_text(encoding="utf-8")))
    assert named <= targets, f"the Makefile lacks {named - targets}"


def test_flask_commands_in_documents_exist(app) -> None:
    known = set(app.cli.list_commands(Context(app.cli)))
    named = {
        command
        for path in DOCUMENTS
        for command in re.findall(r"flask --app wsgi ([a-z-]+)", path.read_text(encoding="utf-8"))
    }
    assert named <= known, f"there is no flask command {named - known}"


test_flask_commands_in_documents_exist = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)(
    test_flask_commands_in_documents_exist
)


def test_every_setting_is_told_to_those_who_run_the_shop() -> None:
    read = set(re.findall(r"\b((?:SHOP|STRIPE)_[A-Z_]+)\b", (ROOT / "shop" / "config.py").read_text()))
    told = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert [name for name in sorted(read) if f"`{name}`" not in told] == []


def test_make_help_tells_each_target() -> None:
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("run", "test", "lint", "types", "format", "bench", "assets"):
        assert re.search(rf"^{target}\b", said, re.M), target


def test_nothing_names_a_machine_of_ours() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    kinds = (".md", ".py", ".toml", ".html", ".yml", ".yaml", ".txt")
    here = Path(__file__).name
    named = [
        name
        for name in tracked
        if name.endswith(kinds)
        and Path(name).name != here
        and any(place in (ROOT / name).read_text() for place in OUTSIDE)
    ]
    assert not named
