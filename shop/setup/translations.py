"""Compiles catalogues: every `.po` file of a language becomes part of its one `messages.mo`.

Run by the environment's Python (`python -m shop.setup.translations`), since Babel reads and writes them.
"""

import sys
from pathlib import Path

from shop.setup import stamp
from shop.setup.places import PYTHON, TRANSLATIONS
from shop.setup.running import run
from shop.setup.trouble import TroubleError

FOLDER = "LC_MESSAGES"


def prepare() -> None:
    """The compiled catalogues are up to date afterwards. Raises TroubleError."""
    inputs = stamp.print_of(TRANSLATIONS.rglob("*.po"))
    if stamp.recall("translations") == inputs and all(map(Path.exists, _compiled())):
        return
    made = run([str(PYTHON), "-m", "shop.setup.translations"])
    if not made.well:
        raise TroubleError(f"The translations could not be compiled: {made.reason}.")
    stamp.remember("translations", inputs)


def compile_all(translations: Path = TRANSLATIONS) -> list[Path]:
    """Write one `messages.mo` for each language. Returns the files; raises ValueError naming a bad one."""
    return [_compile(folder) for folder in sorted(translations.glob(f"*/{FOLDER}")) if _sources(folder)]


def _compile(folder: Path) -> Path:
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    together = Catalog(locale=folder.parent.name)
    for source in _sources(folder):
        with source.open("rb") as lines:
            try:
                catalogue = read_po(lines, locale=folder.parent.name, abort_invalid=True)
            except (PoFileError, ValueError) as error:
                raise ValueError(f"{source.name}: {error}") from error
        for message in catalogue:
            if message.id and not message.fuzzy:
                together[message.id] = message
    target = folder / "messages.mo"
    unfinished = folder / "messages.mo.part"  # a server reading meanwhile never sees half a file
    with unfinished.open("wb") as out:
        write_mo(out, together)
    unfinished.replace(target)
    return target


def _sources(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.po"))


def _compiled() -> list[Path]:
    return [folder / "messages.mo" for folder in TRANSLATIONS.glob(f"*/{FOLDER}") if _sources(folder)]


if __name__ == "__main__":
    try:
        compile_all()
    except (OSError, ValueError) as error:
        sys.exit(str(error))
