"""Brings a Chromium for the browser tests where this machine lets us."""

import os
import shutil

from shop.setup.running import as_root, is_root, run

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
APT = {"DEBIAN_FRONTEND": "noninteractive"}


def prepare() -> None:
    """Install Chromium with apt as root or with a sudo that asks nothing; else say what to run."""
    if os.environ.get("SHOP_CHROMIUM") or any(map(shutil.which, NAMES)):
        return
    apt = _apt()
    if apt:
        print("Setting up: Chromium for the browser tests, with apt-get", flush=True)
        run([*apt, "update"], APT)
        if run([*apt, "install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"], APT).well:
            return
    print(
        "NO BROWSER: the browser tests will be skipped. To run them:"
        f" `{as_root('apt-get install chromium')}`, or set SHOP_CHROMIUM to the path of one.",
        flush=True,
    )


def _apt() -> list[str] | None:
    apt = shutil.which("apt-get")
    if not apt:
        return None
    if is_root():
        return [apt]
    sudo = shutil.which("sudo")
    return [sudo, "-n", apt] if sudo and run([sudo, "-n", "true"]).well else None
