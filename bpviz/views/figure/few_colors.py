"""Few colours make a small file, and the commonest of a still, which is mostly paper, are nearly all of it."""

import io

import numpy as np
from PIL import Image


def small_png(pixels: bytes, size: tuple[int, int], colors: int) -> bytes:
    """Return a PNG file of opaque RGBA pixels in their commonest `colors` (at most 256), the others in the nearest."""
    codes = np.frombuffer(pixels, "<u4") & 0xFFFFFF  # red in the lowest byte
    starts = np.flatnonzero(np.append(True, codes[1:] != codes[:-1]))  # of the runs of one colour
    lengths = np.diff(starts, append=codes.size)
    found, run = np.unique(codes[starts], return_inverse=True)
    red, green, blue = parts = np.array([found & 255, found >> 8 & 255, found >> 16], int)
    order = np.lexsort((blue, green, red, np.bincount(run, lengths)))
    kept = parts[:, order[::-1][:colors]]
    distances = (kept**2).sum(axis=0) - 2 * parts.T @ kept  # squared, but for what does not depend on what is kept
    nearest = distances.argmin(axis=1).astype(np.uint8)
    picture = Image.frombytes("P", size, np.repeat(nearest[run], lengths).tobytes())
    picture.putpalette(kept.T.astype(np.uint8).tobytes())
    file = io.BytesIO()
    picture.save(file, format="png")
    return file.getvalue()
