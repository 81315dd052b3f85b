"""Puts the shop together. It decides nothing; every choice is a setting or stands in its room."""

from __future__ import annotations

import atexit
import os
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from shop import blueprints, commands, council, database
from shop.config import ROOT, Config, SettingError
from shop.council import Council
from shop.demo.refusing import refuse_demo_rows
from shop.domain.qris import QrisError, StaticQris, read_static
from shop.domain.tokens import LinkMaker
from shop.extensions import Shop, babel, compress, csrf, db, login_manager
from shop.gateways.demo_qris import EXAMPLE
from shop.gateways.local_photos import LocalPhotos
from shop.gateways.mail import mail_for
from shop.images.room import PictureRoom
from shop.ports import Mail, Payments, PhotoStore
from shop.tasks.queue import Queue
from shop.web import (
    drawings,
    errors,
    face,
    filters,
    fragments,
    headers,
    incoming,
    keeping,
    labels,
    languages,
    login,
    logs,
    numbers,
    photos,
    room,
)
from shop.web.assets import StaticFiles, is_hashed
from shop.web.changes import Changes, clock_of
from shop.web.entrance import FewAtOnce, WholeBodies
from shop.web.kept_pages import KeptPages
from shop.web.packing import WINDOW
from shop.web.templates import Templates

LARGEST_BODY_BYTES = 256 * 1024  # views that take photos raise it for themselves


def create_app(config: Config | None = None) -> Flask:
    """The shop as a WSGI application, with its settings from the environment unless they are handed in."""
    config = config or Config.from_env(os.environ)
    app = Flask(
        "shop", static_folder=None, template_folder="templates", instance_path=str(config.instance_folder)
    )
    app.config.from_mapping(_flask_settings(config))
    app.jinja_environment = Templates
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    whose = _council(config)
    app.extensions["shop"] = Shop(
        config=config,
        council=whose,
        mail=_mail(config, whose),
        wake=Queue(app, config),
        photos=_photos(config),
        pictures=_picture_room(),
        links=LinkMaker(config.secret_key),
        payments=_payments(config),
        qris=_qris(config),
    )
    _bind_libraries(app)
    for part in (
        logs,
        incoming,
        numbers,
        errors,
        headers,
        keeping,
        languages,
        login,
        filters,
        fragments,
        drawings,
        labels,
        face,
        photos,
        room,
        blueprints,
        commands,
    ):
        part.register(app)
    _wrap(app, config)
    refuse_demo_rows(app, config)
    return app


def _flask_settings(config: Config) -> dict[str, object]:
    hosts = [urlsplit(config.base_url).hostname] if config.base_url else []
    return {
        "SECRET_KEY": config.secret_key,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": database.options_for(config.database_url),
        "SESSION_COOKIE_NAME": "shop",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": not config.development,
        "MAX_CONTENT_LENGTH": LARGEST_BODY_BYTES,
        "MAX_FORM_MEMORY_SIZE": LARGEST_BODY_BYTES,
        "TRUSTED_HOSTS": [*hosts, "127.0.0.1", "localhost"] if config.development else hosts,
        "BABEL_DEFAULT_LOCALE": "id",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "shop" / "translations"),
        "WTF_CSRF_TIME_LIMIT": None,  # a form left open over a weak line stays good as long as the session
        "COMPRESS_ALGORITHM": ["zstd", "br", "gzip"],
        "COMPRESS_BR_LEVEL": 3,  # for pages that are made for one person: half the time of the usual, two hundredths more bytes
        "COMPRESS_BR_WINDOW": WINDOW,
        "COMPRESS_LEVEL": 4,
    }


def _council(config: Config) -> Council:
    try:
        return council.read(config.council_file)
    except council.CouncilError as problem:
        raise SettingError("SHOP_COUNCIL", str(problem)) from problem


def _mail(config: Config, whose: Council) -> Mail:
    """Letters come from the council's own address. Raises SettingError for an address nobody can send with."""
    try:
        return mail_for(
            config.mail_url,
            sender_name=whose.name,
            sender=whose.contact.email,
            printed=config.development,
        )
    except ValueError as problem:
        raise SettingError("SHOP_MAIL_URL", str(problem)) from problem


def _payments(config: Config) -> Payments | None:
    """Stripe where a key is set; a demo desk in development; nothing in production without a key. Each is brought in
    when it is chosen: a shop without cards need not hold its 5 MB.
    """
    if config.stripe_api_key:
        from shop.gateways.stripe_payments import StripePayments

        return StripePayments(
            config.stripe_api_key, config.stripe_webhook_secret, address=config.stripe_api_base
        )
    if not config.development:
        return None
    from shop.gateways.demo_payments import DemoPayments

    return DemoPayments(config.base_url, config.secret_key)


def _qris(config: Config) -> StaticQris | None:
    """The council's static code; an example that nobody can pay in development; nothing in production without one."""
    if not config.qris:
        return read_static(EXAMPLE, example=True) if config.development else None
    try:
        return read_static(config.qris)
    except QrisError as problem:
        raise SettingError("SHOP_QRIS", f"is no static QRIS string: {problem}") from problem


def _photos(config: Config) -> PhotoStore:
    if config.uploads.startswith("s3://"):
        from shop.gateways.s3_photos import BucketPhotos

        return BucketPhotos.at(config.uploads)
    return LocalPhotos(Path(config.uploads))


@cache
def _picture_room() -> PictureRoom:
    """One for all apps of this process: its child costs memory."""
    room = PictureRoom()
    atexit.register(room.close)
    return room


def _bind_libraries(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        database.prepare_sqlite(db.engine)
        database.prepare_postgresql(db.engine)
        whose: Council = app.extensions["shop"].council
        database.know_the_house(db.engine, zone=whose.zone, issuer=whose.issuer)
    # templates ask for `current_person`; error pages stand without asking who is there
    login_manager.init_app(app, add_context_processor=False)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=languages.spoken_locale)
    compress.init_app(app)


def _wrap(app: Flask, config: Config) -> None:
    """The layers around Flask, innermost first: language prefix, few at once, kept pages, static files, whole bodies,
    trusted proxies.
    """
    app.wsgi_app = FewAtOnce(languages.LanguagePrefix(app.wsgi_app))  # type: ignore[method-assign]
    if config.kept_pages_mb:
        changes = Changes(app, config.look_every_ms / 1_000)
        kept = KeptPages(app.wsgi_app, changes, clock_of(app), config.kept_pages_mb << 20)
        app.extensions["kept_pages"] = app.wsgi_app = kept  # type: ignore[method-assign]
    app.wsgi_app = StaticFiles(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(ROOT / "shop" / "static"),
        prefix="static/",
        autorefresh=config.development,
        max_age=60 if config.development else 3600,
        immutable_file_test=is_hashed,
    )
    app.wsgi_app = WholeBodies(app.wsgi_app)  # type: ignore[method-assign]
    if config.trusted_proxies:
        count = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0)  # type: ignore[method-assign]
