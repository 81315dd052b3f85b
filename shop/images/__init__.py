"""The photo pipeline: bytes → safe, upright, small files. Knows no database and no request."""
