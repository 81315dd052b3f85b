"""The settings a shop under test runs with: development, mail into a folder, nothing shared."""

from dataclasses import replace
from pathlib import Path

from shop.config import Config

SECRET = "for-tests-only-and-long-enough-to-be-taken-as-a-secret"


def config_for(
    database_url: str,
    folder: Path,
    base_url: str = "http://localhost",
    **environment: str,
) -> Config:
    """Everything the shop writes lies under `folder`; further words are SHOP_… settings."""
    for name in ("uploads", "mail", "instance"):
        (folder / name).mkdir(exist_ok=True)
    settings = {
        "SHOP_ENV": "development",
        "SHOP_SECRET_KEY": SECRET,
        "SHOP_DATABASE_URL": database_url,
        "SHOP_UPLOADS": str(folder / "uploads"),
        "SHOP_MAIL_URL": f"file://{folder / 'mail'}",
        "SHOP_BASE_URL": base_url,
        "SHOP_LOOK_EVERY_MS": "0",  # a test sees what it has changed at once
    }
    config = Config.from_env(settings | environment)
    return replace(config, instance_folder=folder / "instance")
