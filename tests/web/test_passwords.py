"""Passwords."""

from pwdlib.hashers.argon2 import Argon2Hasher

from shop.web.passwords import NOBODY, check_password, hash_password


def test_only_the_right_password_fits() -> None:
    stored = hash_password("tenun-ikat-belu")
    assert check_password("tenun-ikat-belu", stored) == (True, None)
    assert check_password("tenun ikat belu", stored) == (False, None)


def test_nobody_s_password_is_as_costly_as_somebody_s() -> None:
    figures = hash_password("x").split("$")[:4]
    assert NOBODY.split("$")[:4] == figures
    assert check_password("anything", None) == (False, None)


def test_old_figures_are_renewed_at_the_next_sign_in() -> None:
    old = Argon2Hasher(memory_cost=8_192, time_cost=1, parallelism=1).hash("belu-demo")
    right, renewed = check_password("belu-demo", old)
    assert right
    assert renewed is not None
    assert check_password("belu-demo", renewed) == (True, None)
