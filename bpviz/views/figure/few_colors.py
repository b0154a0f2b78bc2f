"""Few colours make a small file, and the commonest of a still, which is mostly paper, are nearly all of it."""

import io

import numpy as np
from PIL import Image


def small_png(pixels: bytes, size: tuple[int, int], colors: int) -> bytes:
    """Return a PNG file of opaque RGBA pixels in their commonest `colors` (at most 256), the others in the nearest."""
    codes = np.frombuffer(pixels, "<u4") & 0xFFFFFF  # red in the lowest byte
    counted = Image.frombuffer("RGBA", size, pixels, "raw", "RGBA", 0, 1).convert("RGB").getcolors(len(codes))
    found = np.array([color for _, color in sorted(counted or (), reverse=True)])
    kept = found[:colors]
    distances = ((found[:, None, :] - kept[None, :, :]) ** 2).sum(axis=2)
    place = np.empty(1 << 24, np.uint8)  # of each code; what is never written takes no memory
    place[found @ [1, 1 << 8, 1 << 16]] = distances.argmin(axis=1)
    picture = Image.frombytes("P", size, place[codes].tobytes())
    picture.putpalette(kept.astype(np.uint8).tobytes())
    file = io.BytesIO()
    picture.save(file, format="png")
    return file.getvalue()
