"""Puts a stylesheet and all it imports into one small text whose addresses are those of the build."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

IMPORT = re.compile(r'@import url\("([^"]+)"\)(?: layer\((\w+)\))?;')
ADDRESS = re.compile(r'url\("([^"]+)"\)')
STRING = re.compile(r'("(?:[^"\\]|\\.)*")')
FACES = "faces.css"


def is_entrance(file: Path) -> bool:
    """A file pages link: one that only gathers others."""
    return IMPORT.search(file.read_text(encoding="utf-8")) is not None


def bundle(file: Path, built: Mapping[str, str]) -> str:
    """The minified text. `built` maps source paths (`icons/panah.svg`) to names beside the stylesheet."""
    return minified(_gathered(file, file.parent.parent, built))


def _gathered(file: Path, static: Path, built: Mapping[str, str]) -> str:
    text = file.read_text(encoding="utf-8")
    parts, end = [], 0
    for found in IMPORT.finditer(text):
        parts.append(text[end : found.start()])
        inner = _gathered(file.parent / found[1], static, built)
        parts.append(f"@layer {found[2]} {{ {inner} }}" if found[2] else inner)
        end = found.end()
    whole = "".join([*parts, text[end:]])
    if not parts:
        return ADDRESS.sub(lambda found: _address(found[1], file, static, built), whole)
    return whole + _faces(file, static, built)


def _faces(file: Path, static: Path, built: Mapping[str, str]) -> str:
    """The two real faces, only where their files came with the build."""
    faces = file.parent / FACES
    if not faces.exists() or not any(path.startswith("fonts/") for path in built):
        return ""
    return _gathered(faces, static, built)


def _address(target: str, file: Path, static: Path, built: Mapping[str, str]) -> str:
    source = (file.parent / target).resolve().relative_to(static.resolve()).as_posix()
    return f'url("{built[source]}")'


def minified(css: str) -> str:
    """Without comments and needless space; strings are left as they are."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    parts = STRING.split(css)
    return "".join(part if part.startswith('"') else _tight(part) for part in parts).strip()


def _tight(css: str) -> str:
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    css = re.sub(r": (?=[^{}]*(?:[;}]|$))", ":", css)
    return css.replace(";}", "}")
