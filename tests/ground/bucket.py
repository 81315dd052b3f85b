"""A bucket to try with: moto's S3, a real server on loopback that speaks the real protocol."""

import logging
import os
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from tests.ground.serving import free_port

NAME = "toko"


@contextmanager
def bucket() -> Iterator[str]:
    """Its `s3://` address, while the server stands and this process knows the way there."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    way = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "kunci",
        "AWS_SECRET_ACCESS_KEY": "rahasia",
        "AWS_REGION": "us-east-1",
    }
    before = {name: os.environ.get(name) for name in way}
    os.environ.update(way)
    try:
        made = urllib.request.Request(f"{way['AWS_ENDPOINT_URL']}/{NAME}", method="PUT")
        urllib.request.urlopen(made).close()
        yield f"s3://{NAME}/foto"
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
        server.stop()
