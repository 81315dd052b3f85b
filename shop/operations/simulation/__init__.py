"""A thousand deals by many hands at once, killed at random moments: `flask simulate`. See docs/operating.md."""
