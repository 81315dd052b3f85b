"""The words after `python3 -m shop`, and what each of them does."""

import os
import subprocess
import sys

from shop.setup import browser, building, database, environment, ports, serving, translations
from shop.setup.folders import alone, writable
from shop.setup.places import INSTANCE, PYTHON, ROOT
from shop.setup.secret import development_secret
from shop.setup.trouble import TroubleError

USAGE = """python3 -m shop              set up and serve on http://127.0.0.1:8000 (or $PORT)
python3 -m shop test [WORDS] set up and run all tests; WORDS go to pytest
python3 -m shop setup [test] set up only (with the tools for tests)
python3 -m shop setup assets build fonts, icons and translations anew"""


def main(words: list[str]) -> int:
    """Do what the words say. Returns the exit code; trouble is told in one sentence."""
    try:
        return _do(words)
    except TroubleError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _do(words: list[str]) -> int:
    match words:
        case []:
            return run()
        case ["test", *further]:
            return test(further)
        case ["setup"]:
            return set_up([])
        case ["setup", "test"]:
            return set_up(["test"])
        case ["setup", "assets"]:
            set_up([])
            building.build()
            return 0
        case ["help" | "-h" | "--help"]:
            print(USAGE)
            return 0
    print(USAGE, file=sys.stderr)
    return 2


def run() -> int:
    """Set up, then serve in development on this machine only."""
    if os.environ.get("SHOP_ENV", "development") != "development":
        raise TroubleError(
            "`python3 -m shop` serves in development only: take SHOP_ENV out of the environment,"
            " or read docs/operating.md to serve in production."
        )
    port = ports.choose(os.environ.get("PORT"))
    set_up([])
    settings = development(port)
    with alone(INSTANCE):
        database.prepare(settings)
    return serving.serve(ports.choose(str(port)), settings)


# One more than cores, since a browser and a starting server are often waited for; whoever is done takes from the others.
AT_ONCE = ["-n", str(1 + max(2, min(os.cpu_count() or 2, 8))), "--dist", "worksteal"]


def test(further: list[str]) -> int:
    """Set up with the tools for tests, then pytest; returns its exit code."""
    set_up(["test"])
    browser.prepare()
    own = any(word.startswith(("-n", "--numprocesses", "--pdb")) for word in further)
    words = [str(PYTHON), "-m", "pytest", *([] if own else AT_ONCE), *further]
    sys.stdout.flush()
    os.chdir(ROOT)
    if os.name == "posix":
        os.execv(words[0], words)  # pytest takes our place, so Ctrl-C and exit code are its own
    return subprocess.run(words, check=False).returncode


def set_up(extras: list[str]) -> int:
    """Packages, translations and, where they can be built, fonts and icons."""
    with alone(INSTANCE):
        environment.prepare(extras)
        translations.prepare()
        building.prepare()
    return 0


def development(port: int) -> dict[str, str]:
    """The settings of a shop on this machine; what the environment names stays as it is."""
    writable(INSTANCE)
    defaults = {
        "SHOP_ENV": "development",
        "SHOP_SECRET_KEY": development_secret(),
        "SHOP_BASE_URL": f"http://{ports.HOST}:{port}",
        "PYTHONUNBUFFERED": "1",
    }
    named = {name: value for name, value in os.environ.items() if name.startswith("SHOP_")}
    return defaults | named
