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
SURFACE = {"panels": ["training", "surface"], "front": "surface"}
# The pages: an example, how it is shown, the height of the window, and what is dragged, as the table calls it.
PAGES = {
    "CASE 1": (bpviz.case1, {}, 650, {"w14": "w14", "eta": "eta"}),
    "CASE 2": (bpviz.case2, {}, 650, {"w5": "w5", "eta": "eta"}),
    "CASE 1, surface in front": (
        lambda: bpviz.case1("exact"),
        SURFACE,
        530,
        {"w_x1_1": "w_x1_1, an axis", "w14": "w14, the ground changes"},
    ),
    "CASE 2, surface in front": (bpviz.case2, SURFACE, 530, {"w5": "w5, an axis", "w1": "w1, the ground changes"}),
}


def rows(browser: Browser, folder: Path) -> list[Row]:
    """Measure frames of a drag at the last step, in turn with the bare page, as ratios to it."""
    bare = browser.new_page()
    bare.set_content(BARE)
    pages = {"": (bare, {"x": ""})}
    for case, (make, shown, height, dragged) in PAGES.items():
        make().to_html(folder / f"{case}.html", start=-1, **shown)
        page = browser.new_page(viewport={"width": 1186, "height": height})
        page.goto((folder / f"{case}.html").as_uri())
        page.locator(".bpviz-card").wait_for()
        pages[case] = (page, dragged)
    waits: dict[str, list[float]] = {}
    for _ in range(BLOCKS):
        for case, (page, dragged) in pages.items():
            for name, called in dragged.items():
                waits.setdefault(f"{case} {called}".strip(), []).extend(_drag(page, name))
    frame = {what: statistics.mean(each) for what, each in waits.items()}
    least = frame.pop("")
    found = [Row("a frame of a drag in a browser slowed 4 times: a page that changes one text", f"{least:.0f} ms")]
    for what, wait in frame.items():
        ratio = wait / least
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
