"""A drag on a cheap laptop: a browser slowed four times shows the whole player beside a page that changes one text."""

import statistics
from pathlib import Path

from playwright.sync_api import Browser, Page
from table import Row

import bpviz

SLOWER, FRAMES, BLOCKS = 4, 120, 3
MOST = 1.5
BARE = """<!doctype html><p></p><input type="range" name="x" max="1" step="0.001"><script>
let waiting = 0;
document.querySelector("input").addEventListener("input", ({ target }) => {
  waiting ||= requestAnimationFrame(() => {
    waiting = 0;
    document.querySelector("p").textContent = target.value;
  });
});
</script>"""
DRAG = """async ([name, frames]) => {
  const slider = document.querySelector(`input[type=range][name="${name}"]`);
  const [low, high] = [Number(slider.min), Number(slider.max)];
  const frame = () => new Promise(requestAnimationFrame);
  const waits = [];
  let before = await frame();
  for (let k = 0; k < frames; k += 1) {
    slider.value = low + (high - low) * (0.5 + 0.2 * Math.sin(k / 10));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    const now = await frame();
    waits.push(now - before);
    before = now;
  }
  return waits;
}"""
SLIDERS = {"CASE 1": ("w14", "eta"), "CASE 2": ("w5", "eta")}


def rows(browser: Browser, folder: Path) -> list[Row]:
    """Measure frames of a drag at the last step, in turn with the bare page, as ratios to it."""
    bare = browser.new_page()
    bare.set_content(BARE)
    pages = {"bare": bare}
    for case, make in (("CASE 1", bpviz.case1), ("CASE 2", bpviz.case2)):
        make().to_html(folder / f"{case}.html", start=-1)
        pages[case] = browser.new_page(viewport={"width": 1186, "height": 650})
        pages[case].goto((folder / f"{case}.html").as_uri())
        pages[case].locator(".bpviz-card").wait_for()
    waits: dict[str, list[float]] = {}
    for _ in range(BLOCKS):
        for case, page in pages.items():
            for name in SLIDERS.get(case, ("x",)):
                waits.setdefault(f"{case} {name}".removesuffix(" x"), []).extend(_drag(page, name))
    frame = {what: statistics.mean(each) for what, each in waits.items()}
    found = [
        Row("a frame of a drag in a browser slowed 4 times: a page that changes one text", f"{frame['bare']:.0f} ms")
    ]
    for what, wait in frame.items():
        if what != "bare":
            ratio = wait / frame["bare"]
            known = f"{wait:.0f} ms ({ratio:.1f} ×)"
            found.append(Row(f"— the whole player, {what}", known, f"≤ {MOST} × that page", ratio <= MOST))
    return found


def _drag(page: Page, name: str) -> list[float]:
    """The milliseconds of each frame; what is not in front is drawn by no browser.

    Only this page is slowed, and only now: what slows a page takes most of a core from the others.
    """
    page.bring_to_front()
    processor = page.context.new_cdp_session(page)
    processor.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    waits: list[float] = page.evaluate(DRAG, [name, FRAMES])
    processor.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    processor.detach()
    return waits
