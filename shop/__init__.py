"""The storefront of a regional craft council. `python3 -m shop` imports this before anything is installed."""
