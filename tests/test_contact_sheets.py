"""Contact sheets hold every beat once, in order, in its full size."""

import io

from contact_sheets import SHEET, TITLE, sheets
from PIL import Image

SIZE = (1186, 530)


def picture(beat: int) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (SIZE[0] + 20, SIZE[1]), (beat, 0, 0)).save(held, "PNG")  # an engine's window may be wider
    return held.getvalue()


def test_every_beat_stands_on_a_sheet():
    seen, names = [], []
    for name, sheet in sheets(picture, range(0, 16, 2), SIZE):
        names.append(name)
        assert sheet.width <= SHEET[0]
        assert sheet.height <= SHEET[1]
        middles = [
            (x + SIZE[0] // 2, y + TITLE + SIZE[1] // 2)
            for y in range(0, sheet.height, SIZE[1] + TITLE)
            for x in range(0, sheet.width, SIZE[0])
        ]
        seen += [sheet.getpixel(middle)[0] for middle in middles]
    assert seen == list(range(0, 16, 2))
    assert names == ["000-010", "012-014"]
