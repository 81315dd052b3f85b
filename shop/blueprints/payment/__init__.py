"""Paying: what the card processor tells us, and the demo desk of development."""

from shop.blueprints.payment import demo, notices
from shop.blueprints.payment.door import blueprint

__all__ = ["blueprint", "demo", "notices"]
