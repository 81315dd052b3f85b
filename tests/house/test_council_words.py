"""Whose shop it is stands in the council file alone."""

import re
import tomllib

from shop.config import BELU, ROOT

#: Made-up content of the example shop, and the file itself.
OF_THE_EXAMPLE = (
    "shop/councils/",
    "shop/demo/",
    "shop/operations/",
    "shop/setup/accounts.py",
    "shop/static/build/",
    "shop/areas/",
)  # the districts of the whole country
READ = {".py", ".html", ".txt", ".js", ".css", ".svg", ".po", ".toml", ".xml"}
#: How the file is called, and a format shown by example.
HARMLESS = re.compile(r"council-belu|belu\.toml|\bBELU\b|^\s*#|\d\.\d\d WITA`")


def words_of_the_council() -> re.Pattern[str]:
    """Its names, places and zone; of villages those that are no plain words."""
    told = tomllib.loads(BELU.read_text(encoding="utf-8"))
    names = {told[key] for key in ("name", "region", "regency", "province", "time_zone", "time_zone_name")}
    names |= {"Dekranasda Belu", "Atambua", "Tetun", "NTT", "Timor"}
    names |= {district["name"] for district in told["districts"]}
    return re.compile(r"\b(" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\b")


def test_nothing_of_the_council_stands_in_code_templates_or_translations() -> None:
    wanted, found = words_of_the_council(), []
    for path in sorted((ROOT / "shop").rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if path.suffix not in READ or name.startswith(OF_THE_EXAMPLE) or not path.is_file():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if wanted.search(line) and not HARMLESS.search(line):
                found.append(f"{name}:{number}: {line.strip()[:100]}")
    assert not found, "\n".join(found)


def test_the_look_out_sees_the_words() -> None:
    for line in ("Buatan Belu", "kota Atambua", "pukul 13.30 WITA", "Kabupaten Belu"):
        assert words_of_the_council().search(line), line
    assert not words_of_the_council().search("sebelum")
