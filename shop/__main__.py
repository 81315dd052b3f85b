"""`python3 -m shop`: sets up and serves, tests (`test`), or only sets up (`setup`)."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "The shop needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2]  # noqa: UP031
        + " Start it with a newer one, for example: python3.11 -m shop"
    )

from shop.setup.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
