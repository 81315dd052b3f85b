"""Where things lie in a working copy."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
INSTANCE = Path(os.environ.get("SHOP_INSTANCE") or ROOT / "instance")
PYPROJECT = ROOT / "pyproject.toml"
CONSTRAINTS = ROOT / "constraints.txt"
TRANSLATIONS = ROOT / "shop" / "translations"
MIGRATIONS = ROOT / "shop" / "migrations" / "versions"
