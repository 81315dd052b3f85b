"""How bright and how sharp a small picture is: what a hint to its maker is taken from, never a refusal."""

from __future__ import annotations

from PIL import Image, ImageFilter, ImageStat

#: The Laplacian, half as strong and around the middle grey, so that its negative half fits into a byte too.
LAPLACIAN = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=2, offset=128)


def brightness(picture: Image.Image) -> float:
    """The mean grey, 0 to 255."""
    return float(ImageStat.Stat(picture.convert("L")).mean[0])


def sharpness(picture: Image.Image) -> float:
    """The variance of the Laplacian in the sharpest ninth of the picture: a plain wall behind a pot is no blur."""
    if min(picture.size) < 9:
        return float("inf")
    edges = picture.convert("L").filter(LAPLACIAN)
    edges = edges.crop((1, 1, edges.width - 1, edges.height - 1))  # Pillow copies the rim as it is
    width, height = edges.size
    ninths = (
        edges.crop((x * width // 3, y * height // 3, (x + 1) * width // 3, (y + 1) * height // 3))
        for y in range(3)
        for x in range(3)
    )
    return max(float(ImageStat.Stat(ninth).var[0]) * 4 for ninth in ninths)
