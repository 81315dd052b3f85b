"""Production says what is wrong when somebody points it at a database with demo data in it."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from shop.app import create_app
from shop.config import Config, SettingError
from shop.domain.qris import with_amount
from shop.gateways.demo_qris import EXAMPLE
from tests import factories


@pytest.fixture
def production(config: Config) -> Config:
    return replace(config, env="production", base_url="https://belu.example", mail_url="")


def test_production_refuses_demo_rows_and_names_the_setting(
    app: Flask, session: Session, production: Config
) -> None:
    factories.person(session, email="pembeli@contoh.test")
    session.commit()
    with pytest.raises(SettingError, match=r"SHOP_DATABASE_URL.*demo data"):
        create_app(production)


def test_production_starts_on_a_database_of_its_own(app: Flask, session: Session, production: Config) -> None:
    factories.person(session, email="mama@belu.example")
    session.commit()
    assert create_app(production).config["SESSION_COOKIE_SECURE"]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_production_can_still_migrate_a_database_without_tables(production: Config, folder: Path) -> None:
    assert create_app(replace(production, database_url=f"sqlite:///{folder / 'new.db'}"))


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_council_file_that_is_not_there_names_the_setting(production: Config, folder: Path) -> None:
    with pytest.raises(SettingError, match=r"SHOP_COUNCIL.*no such council file"):
        create_app(replace(production, council_file=folder / "none.toml"))


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("text", "why"), [("hello", "no field begins"), (with_amount(EXAMPLE, 5), "one payment")]
)
def test_what_is_no_static_qris_names_the_setting(production: Config, text: str, why: str) -> None:
    with pytest.raises(SettingError, match=f"SHOP_QRIS: is no static QRIS string: .*{why}"):
        create_app(replace(production, qris=text))
    assert create_app(production).extensions["shop"].qris is None
    assert create_app(replace(production, qris=EXAMPLE)).extensions["shop"].qris.text == EXAMPLE
