"""One player on a page: read everything it shows, press its keys, drag its sliders, type into its boxes."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page
from remember import Remembered

from bpviz.worked import WorkedExample

TOLERANCE = 1e-12

READ = """root => {
  const all = (where, selector) => [...where.querySelectorAll(selector)];
  const text = element => (element instanceof HTMLInputElement ? element.value : element.textContent);
  // hidden groups of SVG have no box, or in WebKit an empty one
  const seen = element => [...element.getClientRects()].some(({ width, height }) => width + height > 0);
  const ids = (selector, key) => all(root, selector).map(element => element.dataset[key]);
  const isBehind = element => element.closest(".bpviz-panel[hidden]") !== null;
  const quantities = all(root, "[data-bp]");
  const slot = element => ({
    name: element.getAttribute("data-bp"),
    value: element.getAttribute("data-value"),
    text: text(element),
    box: element instanceof HTMLInputElement,
    visible: seen(element),
    active: element === element.ownerDocument.activeElement,
    exact: element.closest(".bpviz-truth, .bpviz-table") !== null,
  });
  const start = edge => edge.querySelector(".bpviz-line").getAttribute("points").split(/[ ,]/).slice(0, 2).map(Number);
  return {
    slots: quantities.filter(element => !isBehind(element)).map(slot),
    behind: quantities.filter(isBehind).map(slot),
    formula: all(root, ".bpviz-formula [data-bp]").map(slot),
    title: text(root.querySelector(".bpviz-title")),
    caption: text(root.querySelector(".bpviz-caption")),
    maths: text(root.querySelector(".bpviz-formula")),
    count: text(root.querySelector(".bpviz-count")),
    step: Number(root.querySelector("input[name=step]").value),
    phase: all(root, ".bpviz-tab[aria-current=step]").map(text),
    rings: all(root, ".bpviz-node").filter(n => seen(n.querySelector(".bpviz-ring"))).map(n => n.dataset.node),
    usual: root.querySelector(".bpviz-diagram:not(.bpviz-large, .bpviz-tall)")?.viewBox.baseVal.height ?? 0,
    dim: [...ids(".bpviz-node.bpviz-dim", "node"), ...ids(".bpviz-edge.bpviz-dim", "edge")],
    dimLabels: all(root, ".bpviz-label").map(label => label.classList.contains("bpviz-dim")),
    chips: all(root, ".bpviz-chip:not(.bpviz-label)").map(text),
    hiddenLabels: all(root, ".bpviz-label").map(label => !seen(label)),
    arrows: Object.fromEntries(all(root, ".bpviz-edge").filter(
      e => [...e.querySelectorAll(".bpviz-head")].some(seen)).map(
      e => [e.dataset.edge, start(e)])),
  };
}"""
_SETTLE = """() => new Promise((done, fail) => {
  requestAnimationFrame(() => requestAnimationFrame(() => done()));
  setTimeout(() => fail(new Error("no two frames within a minute")), 60_000);
})"""


def _page_of(example: WorkedExample, **options: Any) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        example.to_html(Path(folder, "page.html"), **options)
        return Path(folder, "page.html").read_bytes()


_page_text = Remembered(_page_of)


def open_page(page: Page, tmp_path: Path, shown, *, width=1280, height=1400, motion="no-preference", **options):
    """Save an example or a player as a page, with the options of `to_html`, and open it; a driver of its player."""
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion=motion)
    return open_in(page, tmp_path, shown, **options)


def open_in(page: Page, tmp_path: Path, shown, **options):
    """The same in the window as it is."""
    path = tmp_path / "page.html"
    if isinstance(shown, WorkedExample):
        path.write_bytes(_page_text(shown, **options))
    else:
        shown.to_html(path, **options)
    page.goto(path.as_uri())
    page.locator(".bpviz-card").wait_for()
    return PlayerDriver(page)


@dataclass(frozen=True)
class Slot:
    """An element that shows a quantity: its `data-value` as a float (None: absent) and its text.

    `exact`: it stands in the truth panel or the table, which write nine decimals.
    """

    name: str
    value: float | None
    text: str
    box: bool
    visible: bool
    active: bool
    exact: bool

    @classmethod
    def read(cls, raw: dict[str, Any]) -> "Slot":
        return cls(**{**raw, "value": None if raw["value"] is None else float(raw["value"])})


def with_slots(seen: dict[str, Any]) -> dict[str, Any]:
    """What `READ` answers, its quantities as slots."""
    return seen | {key: [Slot.read(raw) for raw in seen[key]] for key in ("slots", "behind", "formula")}


class PlayerDriver:
    """Drives the player whose card is `root`."""

    def __init__(self, page: Page, root: Locator | None = None):
        self.page = page
        self.root = root if root is not None else page.locator(".bpviz-card")

    @property
    def stage(self) -> Locator:
        """Diagram, formula and caption: what one clicks on to give the player the keys."""
        return self.root.locator(".bpviz-stage")

    def read(self) -> dict[str, Any]:
        """Everything the player shows once it has caught up with what was done to it; see `READ` for the entries."""
        self.settle()
        return with_slots(self.root.evaluate(READ))

    def settle(self) -> None:
        """Wait two frames: the player redraws at most once in each."""
        self.page.evaluate(_SETTLE)

    def press(self, *keys: str) -> None:
        """Press keys wherever the focus is."""
        for key in keys:
            self.page.keyboard.press(key)

    def enter_by_tab(self) -> None:
        """Press Tab until the focus is in the player."""
        for _ in range(10):
            self.page.keyboard.press("Tab")
            if self.root.evaluate("root => root.contains(document.activeElement)"):
                return
        raise AssertionError("ten times Tab do not lead into the player")

    def beat(self) -> int:
        """The number of the beat shown."""
        self.settle()
        return int(self.slider("step").input_value())

    def slider(self, name: str) -> Locator:
        """The range input of a given, or of the steps."""
        return self.root.locator(f"input[type=range][name='{name}']")

    def box(self, name: str) -> Locator:
        """The box for exact numbers of a given."""
        return self.root.locator(f".bpviz-box[data-bp='{name}']")

    def button(self, label: str) -> Locator:
        """A button by its label for people."""
        return self.root.get_by_role("button", name=label, exact=True)

    def panel(self, name: str) -> Locator:
        """A panel by its name, in front or not."""
        return self.root.locator(f"[data-panel='{name}']")

    def tab(self, name: str) -> Locator:
        """The tab of a panel."""
        return self.root.locator(f"[role=tab][id$='-{name}']")

    def bring(self, name: str) -> None:
        """Bring a panel to the front by its tab, where it is not seen anyway."""
        if self.panel(name).is_hidden():
            self.tab(name).click()
        self.settle()

    def value(self, name: str) -> float:
        """The value of a given at full precision."""
        self.settle()
        return float(self.box(name).get_attribute("data-value"))

    @contextmanager
    def dragging(self, name: str) -> Iterator[Any]:
        """Hold a slider's thumb with the mouse; yields `to(share)`, which moves it to a share (0 to 1) of its track."""
        slider = self.slider(name)
        slider.scroll_into_view_if_needed()
        track = slider.bounding_box()
        low, high, now = slider.evaluate("s => [s.min, s.max, s.value].map(Number)")
        middle = track["y"] + track["height"] / 2
        thumb = 16

        def at(share: float) -> float:
            return track["x"] + thumb / 2 + share * (track["width"] - thumb)

        self.page.mouse.move(at((now - low) / (high - low)), middle)
        self.page.mouse.down()

        def to(share: float) -> float:
            self.page.mouse.move(at(share), middle, steps=3)
            self.settle()
            return float(slider.input_value())

        yield to
        self.page.mouse.up()

    def type_number(self, name: str, text: str, key: str = "Enter") -> None:
        """Click into a box, replace what stands there, and press a key."""
        self.box(name).click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)
        self.page.keyboard.press(key)
        self.settle()

    def note(self, name: str) -> str:
        """What the player says under a given's slider, "" when nothing."""
        row = self.root.locator(".bpviz-row").filter(has=self.page.locator(f"[name='{name}']"))
        note = row.locator(".bpviz-note")
        return note.inner_text() if note.is_visible() else ""


def agree(shown: float, expected: float) -> bool:
    """True where two numbers agree to 1e-12 relative to max(1, |expected|); infinities and nan equal themselves."""
    if expected != expected or abs(expected) == float("inf"):
        return shown == expected or (shown != shown and expected != expected)
    return abs(shown - expected) <= TOLERANCE * max(1.0, abs(expected))
