"""The producer's room. Each module hangs its views in one blueprint; the endpoints are `studio.<view>`."""

from shop.blueprints.studio import (
    adjusting,
    earnings,
    editor,
    export,
    home,
    inquiries,
    library,
    members,
    moves,
    pieces,
    profile,
    receiving,
    slots,
    works,
)
from shop.blueprints.studio.room import blueprint

__all__ = [
    "adjusting",
    "blueprint",
    "earnings",
    "editor",
    "export",
    "home",
    "inquiries",
    "library",
    "members",
    "moves",
    "pieces",
    "profile",
    "receiving",
    "slots",
    "works",
]
