"""Settings: production refuses what only development may have, and names the variable."""

import pytest

from shop.config import Config, SettingError

SAFE = {
    "SHOP_SECRET_KEY": "k7Qz-9mX2_vB4tR8wL1pN6sD3fG5hJ0yC",
    "SHOP_BASE_URL": "https://belu.example",
}


def test_production_is_the_default_and_starts_with_a_secret_and_an_address() -> None:
    config = Config.from_env(SAFE)
    assert not config.development
    assert config.database_url.startswith("sqlite:///")


@pytest.mark.parametrize(
    ("change", "variable"),
    [
        ({"SHOP_SECRET_KEY": ""}, "SHOP_SECRET_KEY"),
        ({"SHOP_SECRET_KEY": "short"}, "SHOP_SECRET_KEY"),
        ({"SHOP_SECRET_KEY": "a" * 64}, "SHOP_SECRET_KEY"),
        ({"SHOP_BASE_URL": ""}, "SHOP_BASE_URL"),
        ({"SHOP_BASE_URL": "http://belu.example"}, "SHOP_BASE_URL"),
        ({"SHOP_BASE_URL": "https://belu.example/toko"}, "SHOP_BASE_URL"),
        ({"SHOP_REDIS_URL": "localhost"}, "SHOP_REDIS_URL"),
        ({"SHOP_LIMITS": "off"}, "SHOP_LIMITS"),
        ({"SHOP_MAIL_URL": "file:///tmp/mail"}, "SHOP_MAIL_URL"),
        ({"STRIPE_API_BASE": "http://127.0.0.1:9"}, "STRIPE_API_BASE"),
        ({"SHOP_ENV": "staging"}, "SHOP_ENV"),
        ({"SHOP_TRUSTED_PROXIES": "two"}, "SHOP_TRUSTED_PROXIES"),
        ({"SHOP_DATABASE_URL": "mysql://x"}, "SHOP_DATABASE_URL"),
    ],
)
def test_production_refuses_to_start_and_names_the_variable(change: dict[str, str], variable: str) -> None:
    with pytest.raises(SettingError, match=variable) as refused:
        Config.from_env(SAFE | change)
    assert refused.value.variable == variable


def test_development_may_do_without_address_and_limits() -> None:
    config = Config.from_env({"SHOP_ENV": "development", "SHOP_SECRET_KEY": "x", "SHOP_LIMITS": "off"})
    assert config.development
    assert not config.limits


def test_a_postgresql_address_names_the_installed_driver() -> None:
    config = Config.from_env(SAFE | {"SHOP_DATABASE_URL": "postgres://u:p@db/shop"})
    assert config.database_url == "postgresql+psycopg://u:p@db/shop"
