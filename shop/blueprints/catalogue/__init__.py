"""What buyers look at: home, works, crafts, one work, makers, one maker."""

from __future__ import annotations

from shop.blueprints.catalogue import home, lists, makers, reporting, saving, suggesting, work
from shop.blueprints.catalogue.door import blueprint

__all__ = ["blueprint", "home", "lists", "makers", "reporting", "saving", "suggesting", "work"]
