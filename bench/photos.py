"""How long a photo takes: the preview while its upload is answered, and all renditions; each in a fresh process.

With the extra `bench` in the environment (`pip install -e .[bench]`) libvips does the same work for comparison.
Further files to try may be named in SHOP_BENCH_PHOTOS, separated by colons.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from PIL import Image

MEASURE = """
import resource, sys, time
from pathlib import Path
from PIL import Image
from shop.images import header, render
Image.init()
source, folder, what = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
with source.open("rb") as file:
    wall, cpu = time.perf_counter(), time.process_time()
    render.preview(file, folder / "preview.jpg") if what == "preview" else render.render(file, folder)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
print(wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
VIPS = """
import resource, sys, time
import pyvips
wall, cpu = time.perf_counter(), time.process_time()
image = pyvips.Image.thumbnail(sys.argv[1], 1600, height=100000, size="down", export_profile="srgb").copy_memory()
for width in (1600, 1080, 720, 480, 360, 160):
    image = image.thumbnail_image(width, height=100000).copy_memory()
    image.jpegsave(f"{sys.argv[2]}/{width}.jpg", Q=80, optimize_coding=True, interlace=True, strip=True)
    image.heifsave(f"{sys.argv[2]}/{width}.avif", Q=60, compression="av1", effort=0, strip=True, subsample_mode="off")
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
print(wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def rows() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        made = twelve_megapixels(Path(folder) / "12 megapixels.jpg")
        for photo in [made, *(Path(p) for p in os.environ.get("SHOP_BENCH_PHOTOS", "").split(":") if p)]:
            yield f"{photo.name}: preview", str(_best(MEASURE, photo, "preview"))
            if find_spec("pyvips"):
                ours, theirs = _in_turns(photo)
                yield f"{photo.name}: six widths, AVIF and JPEG", f"{ours} (limit 120 MB)"
                yield f"{photo.name}: the same by libvips", str(theirs)
                clock, processor = ours.wall_s / theirs.wall_s, ours.cpu_s / theirs.cpu_s
                yield (
                    f"{photo.name}: ours to libvips",
                    f"{clock:.2f} on the clock, {processor:.2f} of the processor (limit 1.25)",
                )
            else:
                yield f"{photo.name}: six widths, AVIF and JPEG", str(_best(MEASURE, photo, "render"))


@dataclass(frozen=True, order=True)
class Taken:
    """Seconds of the processor, on the clock, and the most memory."""

    cpu_s: float
    wall_s: float
    memory_mb: float

    def __str__(self) -> str:
        return f"{self.wall_s:.2f} s ({self.cpu_s:.2f} cpu), {self.memory_mb:.0f} MB"


def twelve_megapixels(path: Path) -> Path:
    """A noisy picture of 4000 by 3000, as heavy as a phone's."""
    noise = Image.effect_noise((2000, 1500), 60).convert("RGB").resize((4000, 3000), Image.Resampling.BICUBIC)
    noise.save(path, "JPEG", quality=92)
    return path


def _in_turns(photo: Path) -> tuple[Taken, Taken]:
    """The best of five, one after the other, so that a busy machine is busy for both."""
    both = [(_once(MEASURE, photo, "render"), _once(VIPS, photo, "")) for _ in range(5)]
    return min(ours for ours, _ in both), min(theirs for _, theirs in both)


def _best(script: str, photo: Path, what: str) -> Taken:
    return min(_once(script, photo, what) for _ in range(3))


def _once(script: str, photo: Path, what: str) -> Taken:
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-c", script, str(photo), folder, what]
        wall, cpu, memory = map(float, subprocess.run(words, check=True, capture_output=True).stdout.split())
    return Taken(cpu, wall, memory)
