"""The administrators' room: people and settings."""

from shop.blueprints.admin import accounts, inviting, people, person, settings
from shop.blueprints.admin.room import blueprint

__all__ = ["accounts", "blueprint", "inviting", "people", "person", "settings"]
