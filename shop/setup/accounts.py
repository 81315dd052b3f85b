"""The demo accounts, as printed at the start and as made by the demo data. Development only."""

PASSWORD = "belu-demo"
TOTP_SECRET = "BELUDEMOKURATORRINHATATENUN23456"
ACCOUNTS = [
    ("pembeli@contoh.test", "pembeli / buyer"),
    ("perajin@contoh.test", "perajin, kelompok tenun / producer, a weaving group"),
    ("perajin2@contoh.test", "perajin, bengkel / producer, a workshop"),
    ("kurator@contoh.test", "kurator / curator"),
    ("kurator2@contoh.test", "kurator / curator"),
    ("kurator3@contoh.test", "kurator / curator"),
    ("admin@contoh.test", "admin"),
]


def told() -> str:
    """The accounts as lines for the terminal."""
    lines = [f"  {address:<24} {who}" for address, who in ACCOUNTS]
    head = f"Demo accounts (data contoh), password {PASSWORD}:"
    return "\n".join([head, *lines, f"  TOTP secret of curators and admin: {TOTP_SECRET}"])
