"""What a page may weigh, in bytes as they travel; never in time, which belongs to the machine."""

import gzip
from pathlib import Path

from shop.setup import assets, styles

KB = 1024
STATIC = assets.STATIC


def weight(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def bundled_styles() -> bytes:
    """The stylesheet as it is built, whether or not it was."""
    names = {f"icons/{file.name}": f"{file.stem}.0123456789.svg" for file in (STATIC / "icons").glob("*.svg")}
    faces = {"fonts/display.woff2": "display.0123456789.woff2", "fonts/text.woff2": "text.0123456789.woff2"}
    return styles.bundle(STATIC / "css" / "shop.css", names | faces).encode()


def test_the_stylesheet_stays_below_sixteen_kilobytes() -> None:
    assert weight(bundled_styles()) <= 16 * KB


def test_both_faces_together_stay_below_thirty_kilobytes() -> None:
    """Only where the build could fetch them."""
    faces = list((STATIC / "build").glob("*.woff2"))
    assert len(faces) in (0, 2)
    assert sum(file.stat().st_size for file in faces) <= 30 * KB


def test_no_style_asks_another_host() -> None:
    for file in Path(STATIC / "css").rglob("*.css"):
        assert "//" not in file.read_text(encoding="utf-8").replace("www.w3.org", ""), file.name
