"""The tests: rooms mirror those of `shop/`; `ground/` brings databases and a browser."""
