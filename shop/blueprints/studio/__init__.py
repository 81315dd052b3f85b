"""The producer's room. Each module hangs its views in one blueprint; the endpoints are `studio.<view>`."""

from shop.blueprints.studio import home, inquiries, members, profile, works
from shop.blueprints.studio.room import blueprint

__all__ = ["blueprint", "home", "inquiries", "members", "profile", "works"]
