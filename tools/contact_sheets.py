"""Pictures of every beat of an exported page, several on a sheet, to be looked at.

    python tools/contact_sheets.py case2.html --sizes 1186x530,390x844 --engines firefox --schemes dark

One sheet has as many windows, in their full size, as about 2600 × 1700 pixels hold. Windows narrower than 500 px are
phones, with fingers; Firefox and WebKit, whose windows cannot be so narrow, show them in a frame.
"""

import argparse
import io
import itertools
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageDraw

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))
from lab_driver import BROWSER_ARGS, find_browser
from other_engines import ENGINES, missing_parts, resize_view
from playwright.sync_api import sync_playwright

SHEET, TITLE = (2600, 1730), 18
PHONE, LEAST = 500, 600  # CSS pixels of width: below it a phone; the narrowest window that shows one in a frame
FRAME = '<!doctype html><meta name="color-scheme" content="light dark">'
COUNT = "Number(document.querySelector('input[name=step]').max) + 1"
# Shows a beat and waits until it is drawn, as it is when nothing moves any more.
SHOW = """async (beat) => {
  await document.fonts.ready;
  const slider = document.querySelector("input[name=step]");
  slider.value = beat;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  const frames = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  await frames();
  for (const move of document.getAnimations()) if (isFinite(move.effect.getComputedTiming().endTime)) move.finish();
  await frames();
}"""
STAND = """done => {
  const look = () => document.querySelector(".bpviz-card") ? done() : requestAnimationFrame(look);
  look();
}"""
Shoot = Callable[[int], bytes]
Opened = tuple[int, Shoot]
"""How many beats there are, and what takes a picture (PNG) of one."""


@contextmanager
def chromium(dark: bool) -> Iterator[Callable[[Path, int, int], Opened]]:
    """Chromium; yields what opens a page in a window of a width and a height."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(BROWSER_ARGS))

        def opened(path: Path, width: int, height: int) -> Opened:
            for context in browser.contexts:
                context.close()
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
                is_mobile=width < PHONE,
                has_touch=width < PHONE,
            )
            page.goto(path.resolve().as_uri())
            page.wait_for_selector(".bpviz-card")

            def shoot(beat: int) -> bytes:
                page.evaluate(SHOW, beat)
                return page.screenshot()

            return page.evaluate(COUNT), shoot

        yield opened
        browser.close()


@contextmanager
def other(name: str, dark: bool) -> Iterator[Callable[[Path, int, int], Opened]]:
    """Firefox or WebKit; yields the same."""
    if missing := missing_parts(name):
        raise SystemExit(f"{name} needs {', '.join(missing)}")
    with ENGINES[name](dark=dark) as driver, tempfile.TemporaryDirectory() as folder:

        def opened(path: Path, width: int, height: int) -> Opened:
            frame = Path(folder, "frame.html")
            style = f"border:0;position:fixed;inset:0;width:{width}px;height:{height}px"
            frame.write_text(f'{FRAME}<iframe style="{style}" src="{path.resolve().as_uri()}"></iframe>')
            driver.get((frame if width < PHONE else path.resolve()).as_uri())
            resize_view(driver, max(width, LEAST), height)
            if width < PHONE:
                driver.switch_to.frame(0)
            driver.execute_async_script(f"({STAND})(arguments[0])")

            def shoot(beat: int) -> bytes:
                driver.execute_async_script(f"({SHOW})(arguments[0]).then(arguments[1])", beat)
                return driver.get_screenshot_as_png()

            return driver.execute_script(f"return {COUNT}"), shoot

        yield opened


def sheets(shoot: Shoot, beats: range, size: tuple[int, int]) -> Iterator[tuple[str, Image.Image]]:
    """The sheets of these beats, each with the numbers of its first and last beat."""
    width, height = size
    columns, rows = max(1, SHEET[0] // width), max(1, SHEET[1] // (height + TITLE))
    for start in range(0, len(beats), columns * rows):
        part = beats[start : start + columns * rows]
        used = min(columns, len(part)), -(-len(part) // columns)
        sheet = Image.new("RGB", (used[0] * width, used[1] * (height + TITLE)), "#888")
        pen = ImageDraw.Draw(sheet)
        for place, beat in enumerate(part):
            x, y = place % columns * width, place // columns * (height + TITLE)
            pen.text((x + 6, y + 3), f"beat {beat}", fill="white")
            shot = Image.open(io.BytesIO(shoot(beat))).convert("RGB")
            sheet.paste(shot.crop((0, 0, width, height)), (x, y + TITLE))
        yield f"{part[0]:03d}-{part[-1]:03d}", sheet


def main() -> None:
    """Write the sheets that the command line asks for and print their names."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("files", type=Path, nargs="+", metavar="FILE.html")
    words.add_argument("--out", type=Path, default=Path("build/sheets"))
    words.add_argument("--sizes", default="1186x530,860x530,1280x600,390x844")
    words.add_argument("--engines", default="chromium,firefox,webkit")
    words.add_argument("--schemes", default="light,dark")
    words.add_argument("--every", type=int, default=1, help="only every so many beats")
    given = words.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for engine, scheme in itertools.product(given.engines.split(","), given.schemes.split(",")):
        dark = scheme == "dark"
        with chromium(dark) if engine == "chromium" else other(engine, dark) as opened:
            for path, size in itertools.product(given.files, given.sizes.split(",")):
                width, height = map(int, size.split("x"))
                count, shoot = opened(path, width, height)
                for beats, sheet in sheets(shoot, range(0, count, given.every), (width, height)):
                    name = given.out / f"{path.stem}-{size}-{engine}-{scheme}-{beats}.png"
                    sheet.save(name)
                    print(name, flush=True)


if __name__ == "__main__":
    main()
