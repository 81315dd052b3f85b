"""What tests stand on: a PostgreSQL server, migrated databases, a running shop, a browser."""
