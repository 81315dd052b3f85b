"""Every setting of the shop, typed and frozen; read once from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BELU = Path(__file__).resolve().parent / "councils" / "belu.toml"
SHORTEST_SECRET = 32
X_ACCEL, X_SENDFILE = "x-accel:", "x-sendfile"
ENVIRONMENTS = ("production", "development")


class SettingError(Exception):
    """A setting is missing or makes no sense. The message names the variable and says what to do."""

    def __init__(self, variable: str, problem: str) -> None:
        super().__init__(f"{variable}: {problem}")
        self.variable = variable


@dataclass(frozen=True, kw_only=True)
class Config:
    """What the shop is told from outside. `from_env` is the only place that reads the environment."""

    env: str = "production"
    secret_key: str = ""
    database_url: str = ""
    uploads: str = ""
    sendfile: str = ""
    redis_url: str = ""
    council_file: Path = BELU
    base_url: str = ""
    mail_url: str = ""
    trusted_proxies: int = 0
    metrics_token: str = ""
    stripe_api_key: str = ""
    stripe_webhook_secret: str = ""
    stripe_api_base: str = ""
    qris: str = ""
    limits: bool = True
    kept_pages_mb: int = 12
    look_every_ms: int = 250
    instance_folder: Path = ROOT / "instance"

    @property
    def development(self) -> bool:
        return self.env == "development"

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Config:
        """The settings of this process. Raises SettingError, naming the variable, for what cannot be."""
        instance = Path(environ.get("SHOP_INSTANCE") or ROOT / "instance")
        config = cls(
            env=_one_of("SHOP_ENV", environ.get("SHOP_ENV") or "production", ENVIRONMENTS),
            secret_key=environ.get("SHOP_SECRET_KEY", ""),
            database_url=_database(environ.get("SHOP_DATABASE_URL") or f"sqlite:///{instance / 'shop.db'}"),
            uploads=environ.get("SHOP_UPLOADS") or str(ROOT / "uploads"),
            sendfile=_sendfile(environ.get("SHOP_SENDFILE", "")),
            redis_url=_redis(environ.get("SHOP_REDIS_URL", "")),
            council_file=Path(environ.get("SHOP_COUNCIL") or BELU),
            base_url=environ.get("SHOP_BASE_URL", "").rstrip("/"),
            mail_url=environ.get("SHOP_MAIL_URL", ""),
            trusted_proxies=_count("SHOP_TRUSTED_PROXIES", environ.get("SHOP_TRUSTED_PROXIES") or "0"),
            metrics_token=environ.get("SHOP_METRICS_TOKEN", ""),
            stripe_api_key=environ.get("STRIPE_API_KEY", ""),
            stripe_webhook_secret=environ.get("STRIPE_WEBHOOK_SECRET", ""),
            stripe_api_base=environ.get("STRIPE_API_BASE", ""),
            qris=environ.get("SHOP_QRIS", ""),
            limits=environ.get("SHOP_LIMITS", "on") != "off",
            kept_pages_mb=_count("SHOP_KEPT_PAGES_MB", environ.get("SHOP_KEPT_PAGES_MB") or "12"),
            look_every_ms=_count("SHOP_LOOK_EVERY_MS", environ.get("SHOP_LOOK_EVERY_MS") or "250"),
            instance_folder=instance,
        )
        config.refuse_danger()
        return config

    def refuse_danger(self) -> None:
        """Raise SettingError where production would run with what only development may have."""
        if not self.secret_key:
            raise SettingError("SHOP_SECRET_KEY", "set it to 32 or more random characters")
        if self.development:
            return
        if len(self.secret_key) < SHORTEST_SECRET or len(set(self.secret_key)) < 10:
            raise SettingError("SHOP_SECRET_KEY", "too weak; use 32 or more random characters")
        if not self.base_url.startswith("https://"):
            raise SettingError("SHOP_BASE_URL", "set it to the shop's https:// address")
        if "/" in self.base_url.removeprefix("https://"):
            raise SettingError("SHOP_BASE_URL", "leave the path out: the shop lives at the root of its host")
        if not self.limits:
            raise SettingError("SHOP_LIMITS", "may be off in development only")
        if self.mail_url.startswith("file:"):
            raise SettingError("SHOP_MAIL_URL", "file mail is for development; use smtp:// or smtps://")
        if self.stripe_api_key and not self.stripe_webhook_secret:
            raise SettingError("STRIPE_WEBHOOK_SECRET", "set it together with STRIPE_API_KEY")
        if self.look_every_ms > 1_000:
            raise SettingError("SHOP_LOOK_EVERY_MS", "at most 1000: nobody reads an old price for longer")
        if self.stripe_api_base:
            raise SettingError("STRIPE_API_BASE", "may be changed in development only")


def _one_of(variable: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise SettingError(variable, f"is {value!r}; use one of: {', '.join(allowed)}")
    return value


def _count(variable: str, value: str) -> int:
    if not value.isdecimal():
        raise SettingError(variable, f"is {value!r}; use a whole number")
    return int(value)


def _sendfile(way: str) -> str:
    if way and way != X_SENDFILE and not way.startswith(f"{X_ACCEL}/"):
        raise SettingError("SHOP_SENDFILE", "use x-accel:/internal-location or x-sendfile, or leave it out")
    return way


def _redis(url: str) -> str:
    if url and not url.startswith(("redis://", "rediss://", "unix://")):
        raise SettingError("SHOP_REDIS_URL", "use redis://… or rediss://…, or leave it out")
    return url


def _database(url: str) -> str:
    """The address with psycopg 3 named as the driver, which is the one installed."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite:", "postgresql+psycopg:")):
        raise SettingError("SHOP_DATABASE_URL", "use sqlite:///… or postgresql://…")
    return url
