"""How pages are packed: as browsers know it, and without taking more memory than a page is long."""

from __future__ import annotations

import sys

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

WINDOW = 18  # 256 KB, more than any page is long: Brotli takes 16 times that if it is not told


def brotli_packed(plain: bytes, quality: int) -> bytes:
    packed: bytes = brotli.compress(plain, quality=quality, lgwin=WINDOW)
    return packed


def zstd_packed(plain: bytes) -> bytes:
    return zstd.compress(plain, 3)
