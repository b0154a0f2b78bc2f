"""A network of 56 neurons, 8-20-20-8 with 720 weights and biases that learn: its score, its page, a drag."""

import statistics
from pathlib import Path

from playwright.sync_api import Browser
from table import Row, interleaved
from variants import layered

from bpviz.views.player import page
from bpviz.views.score.score import score

SIZES, SMALLER = (8, 20, 20, 8), (8, 16, 12, 8)
FRAME = 1000 / 60
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
MOVE = """async ([name, count]) => {
  const slider = document.querySelector(`input[type=range][name="${name}"]`);
  const waits = [];
  for (let k = 0; k < count; k += 1) {
    const begun = performance.now();
    slider.value = k % 2 ? slider.min : slider.max;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise(done => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage(0);
    }));
    waits.push(performance.now() - begun);
  }
  return waits;
}"""


def rows(browser: Browser, folder: Path) -> list[Row]:
    """Measure what a learner waits for where the network is large."""
    example = layered(SIZES)
    seconds = interleaved({"score": lambda: score(example)}, 3)["score"]
    text = page.html(score(example), fresh=True)
    path = folder / "large.html"
    path.write_text(text, encoding="utf-8")
    paints = []
    for _ in range(3):
        shown = browser.new_page()
        shown.goto(path.as_uri())
        shown.locator(".bpviz-card").wait_for()
        shown.wait_for_function(PAINT)
        paints.append(shown.evaluate(PAINT))
        shown.close()
    paint, size = statistics.median(paints), len(text.encode()) / 1000
    what = "8-20-20-8, 720 weights"
    return [
        Row(f"{what}: the score", f"{seconds:.2f} s", "≤ 2 s", seconds <= 2),
        Row("— beats", str(len(example.beats)), "≤ 40", len(example.beats) <= 40),
        Row("— size of the HTML", f"{size:.0f} kB", "< 700 kB", size < 700),
        Row("— HTML file opened to its first paint", f"{paint / 1000:.2f} s", "< 2 s", paint < 2000),
        _drag_row(browser, folder),
    ]


def _drag_row(browser: Browser, folder: Path) -> Row:
    """A weight moved while the slice stands in front."""
    path = folder / "smaller.html"
    path.write_text(page.html(score(layered(SMALLER)), start=-1, front="slice", fresh=True), encoding="utf-8")
    shown = browser.new_page(viewport={"width": 1186, "height": 650})
    shown.goto(path.as_uri())
    shown.locator(".bpviz-folded > summary").first.click()
    shown.locator("input[type=range][name=w1]").wait_for()
    waits = shown.evaluate(MOVE, ["w1", 40])
    median = statistics.median(waits[5:])
    met = median <= 2 * FRAME
    return Row(
        "8-16-12-8, 416 weights: a weight moved to painted frame, with its slice", f"{median:.0f} ms", "≤ 33 ms", met
    )
