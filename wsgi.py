"""What a WSGI server imports: `granian --interface wsgi wsgi:app`."""

import gc

from shop.app import create_app

app = create_app()
gc.collect()
gc.freeze()  # what is there now stays; looking through it again and again made single requests wait
