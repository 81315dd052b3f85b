"""What the benchmark's server serves: the shop, and beside it a Flask page that returns a constant string."""

from __future__ import annotations

from typing import Any

from flask import Flask

from wsgi import app as shop

CONSTANT = "/constant"
constant = Flask("constant")


@constant.get(CONSTANT)
def say() -> str:
    return "Toko buka."


def app(environ: dict[str, Any], start_response: Any) -> Any:
    return (constant if environ["PATH_INFO"] == CONSTANT else shop)(environ, start_response)
