"""The administrators' room: people and settings."""

from shop.blueprints.admin import accounts, exchange, inviting, people, person, settings
from shop.blueprints.admin.room import blueprint

__all__ = ["accounts", "blueprint", "exchange", "inviting", "people", "person", "settings"]
