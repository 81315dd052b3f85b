"""Signing in and what a person keeps here."""

from __future__ import annotations

from flask import Blueprint

from shop.domain.errors import NotFound
from shop.web.access import public

blueprint = Blueprint("account", __name__)


@blueprint.get("/masuk")
@public
def sign_in() -> str:
    raise NotFound


@blueprint.get("/masuk/kode")
@public
def second_factor() -> str:
    raise NotFound


@blueprint.get("/daftar")
@public
def register() -> str:
    raise NotFound


@blueprint.post("/keluar")
@public
def sign_out() -> str:
    raise NotFound


@blueprint.get("/akun")
@public
def home() -> str:
    raise NotFound
