"""The rules of the shop: no I/O, no clock, no framework."""
