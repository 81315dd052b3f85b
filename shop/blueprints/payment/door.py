"""The blueprint all payment pages hang on."""

from flask import Blueprint

blueprint = Blueprint("payment", __name__)
