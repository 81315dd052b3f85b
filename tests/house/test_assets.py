"""The build of styles, scripts, icons and fonts: small, complete, and not needed for a page to stand."""

import json
import re
from pathlib import Path

import pytest

from shop.setup import assets, fonts, pictures, styles
from shop.web.assets import Assets, is_hashed


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A tiny static folder with one stylesheet in two layers and one icon."""
    for name in ("css/parts", "icons", "js"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "icons/panah.svg").write_text("<svg/>")
    (tmp_path / "js/gallery.js").write_text("export {};\n")
    (tmp_path / "css/tokens.css").write_text(":root { --s1: 4px; }\n")
    (tmp_path / "css/parts/list.css").write_text('select { background: url("../../icons/panah.svg"); }\n')
    (tmp_path / "css/shop.css").write_text(
        '/* order */\n@layer a, b;\n@import url("tokens.css") layer(a);\n@import url("parts/list.css") layer(b);\n'
    )
    return tmp_path


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without npm and Pillow."""
    monkeypatch.setattr(fonts, "made", lambda lacking: lacking.append("no typefaces") or {})
    monkeypatch.setattr(pictures, "drawn", lambda lacking: lacking.append("no pictures") or {})


@pytest.mark.usefixtures("bare")
def test_a_page_asks_for_hashed_names_after_the_build(static: Path) -> None:
    assert assets.build(static) == ["no typefaces", "no pictures"]
    address = Assets(static).address("css/shop.css")
    assert re.fullmatch(r"/static/build/shop\.[0-9a-f]{10}\.css", address)
    assert is_hashed("", address)
    assert not is_hashed("", "/static/css/shop.css")
    assert (static / "build" / address.rpartition("/")[2]).exists()


@pytest.mark.usefixtures("bare")
def test_the_bundle_holds_every_import_in_its_layer_and_points_into_the_build(static: Path) -> None:
    assets.build(static)
    built = Assets(static)
    css = (static / "build" / built.built["css/shop.css"]).read_text()
    icon = built.built["icons/panah.svg"]
    assert css == f'@layer a,b;@layer a{{:root{{--s1:4px}}}}@layer b{{select{{background:url("{icon}")}}}}'


@pytest.mark.usefixtures("bare")
def test_a_changed_source_is_shown_before_it_is_built_again(static: Path) -> None:
    assets.build(static)
    (static / "css/tokens.css").write_text(":root { --s1: 5px; }\n")
    assert Assets(static).address("css/shop.css") == "/static/css/shop.css"


@pytest.mark.usefixtures("bare")
def test_a_second_build_leaves_nothing_old_behind(static: Path) -> None:
    assets.build(static)
    (static / "css/tokens.css").write_text(":root { --s1: 5px; }\n")
    assets.build(static)
    manifest = json.loads((static / "build/manifest.json").read_text())["files"]
    styles_left = [file.name for file in (static / "build").glob("*.css")]
    assert styles_left == [manifest["css/shop.css"]]


def test_without_a_build_the_sources_are_served(static: Path) -> None:
    built = Assets(static)
    assert built.address("icons/panah.svg") == "/static/icons/panah.svg"
    assert not built.exists("fonts/text.woff2")
    with pytest.raises(LookupError):
        built.address("icons/missing.svg")


@pytest.mark.parametrize(
    ("written", "small"),
    [
        ("a:hover { color: red; }", "a:hover{color:red}"),
        ("a > b :focus { margin: 0 auto; }", "a > b :focus{margin:0 auto}"),
        ('q::before { content: "a ; b: c"; }', 'q::before{content:"a ; b: c"}'),
        ("@media (width >= 37.5rem) { p { width: calc(1px + 2px); } }",
         "@media (width >= 37.5rem){p{width:calc(1px + 2px)}}"),
        ("/* a note */ b { top: 0; }", "b{top:0}"),
    ],
)  # fmt: skip
def test_minifying_keeps_the_meaning(written: str, small: str) -> None:
    assert styles.minified(written) == small


def test_every_stylesheet_is_part_of_the_bundle() -> None:
    folder = assets.STATIC / "css"
    bundles = {name: (folder / name).read_text() for name in ("shop.css", "rooms.css")}
    listed = [name for text in bundles.values() for name, _layer in styles.IMPORT.findall(text)]
    written = {file.relative_to(folder).as_posix() for file in folder.rglob("*.css")}
    assert set(listed) == written - {*bundles, styles.FACES}
    assert len({re.findall(r"^@layer .*;$", text, re.M)[0] for text in bundles.values()}) == 1
