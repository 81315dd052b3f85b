"""The administrators' room: people and settings."""

from shop.blueprints.admin import inviting, people, person, settings
from shop.blueprints.admin.room import blueprint

__all__ = ["blueprint", "inviting", "people", "person", "settings"]
