"""The environment in `.venv`: made and filled by uv where it is found, else by venv and pip."""

import importlib.util
import shutil
import sys
import tomllib

from shop.setup import stamp
from shop.setup.folders import writable
from shop.setup.places import CONSTRAINTS, PYPROJECT, PYTHON, ROOT, VENV
from shop.setup.running import LOG, as_root, run, shown
from shop.setup.trouble import TroubleError

VERSION = repr(tuple(sys.version_info[:2]))


def prepare(extras: list[str]) -> None:
    """Packages for the shop and these extras stand in `.venv` afterwards. Raises TroubleError."""
    before = _extras_before()
    extras = sorted({*extras, *before})  # a plain start after a test must not set up anything anew
    inputs = f"{','.join(extras)} {stamp.print_of([PYPROJECT, CONSTRAINTS], VERSION)}"
    if stamp.recall("packages") == inputs and PYTHON.exists():
        return
    writable(ROOT)
    print("Setting up: packages into .venv (the first time this takes a minute or two)", flush=True)
    _fill(requirements(extras))
    stamp.remember("packages", inputs)


def requirements(extras: list[str]) -> list[str]:
    """What pyproject.toml asks for. The shop itself is left out: it is run where it lies."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    wanted: list[str] = list(project["dependencies"])
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    return wanted


def _extras_before() -> list[str]:
    remembered = (stamp.recall("packages") or "").partition(" ")[0]
    return [extra for extra in remembered.split(",") if extra]


def _fill(wanted: list[str]) -> None:
    uv = shutil.which("uv")
    if uv and _with_uv(uv, wanted):
        return
    if uv:
        print("uv could not do it, so pip tries", flush=True)
    _with_pip(wanted)


def _with_uv(uv: str, wanted: list[str]) -> bool:
    if not _works() and not run([uv, "venv", "--clear", "--python", _base_python(), str(VENV)]).well:
        return False
    return run([uv, "pip", "install", "--python", str(PYTHON), *_pins(), *wanted]).well


def _with_pip(wanted: list[str]) -> None:
    if not _has_pip():
        _make_with_venv()
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    tried = run([*pip, *_pins(), *wanted])
    if not tried.well:
        raise TroubleError(
            f"The packages could not be downloaded ({tried.reason}): check the network and start again,"
            f" nothing done so far is lost; the whole story is in {shown(LOG)}."
        )


def _pins() -> list[str]:
    return ["--constraint", str(CONSTRAINTS)] if CONSTRAINTS.exists() else []


def _make_with_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise TroubleError(
            "This Python cannot make environments: run"
            f" `{as_root('apt-get install python3-venv')}` (or install uv) and start again."
        )
    tried = run([_base_python(), "-m", "venv", "--clear", str(VENV)])
    if not tried.well:
        raise TroubleError(
            f"The environment .venv could not be made ({tried.reason}): run"
            f" `{as_root('apt-get install python3-venv')}` and start again."
        )


def _works() -> bool:
    """Whether `.venv` holds a Python of the same version as this one."""
    if not PYTHON.exists():
        return False
    asked = run([str(PYTHON), "-c", "import sys; print(tuple(sys.version_info[:2]))"])
    return asked.said.strip() == VERSION


def _has_pip() -> bool:
    """An environment that uv made has none; Python brings one along, where Debian has not taken it out."""
    return _works() and (
        run([str(PYTHON), "-c", "import pip"]).well or run([str(PYTHON), "-m", "ensurepip"]).well
    )


def _base_python() -> str:
    """The interpreter itself, also when we were started from inside an environment."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)
