"""For those who run the shop: backup, restore, check."""
