"""The catalogue as JSON, read only, under the same rules of visibility as the pages; /api/v1/openapi.json describes it."""

from __future__ import annotations

from shop.blueprints.api import description, works
from shop.blueprints.api.door import blueprint

__all__ = ["blueprint", "description", "works"]
