"""A player in Firefox or WebKit: show its beats, use it with pointer and keys, hear what it complains of."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from other_engines import open_file
from player_driver import READ, with_slots

if TYPE_CHECKING:
    from selenium.webdriver.remote.webdriver import WebDriver

SECONDS = 30
# As WebDriver writes the keys.
ENTER, LEFT, RIGHT, TAB = "\ue007", "\ue012", "\ue014", "\ue004"
HOME, END, PAGE_UP, PAGE_DOWN = "\ue011", "\ue010", "\ue00e", "\ue00f"
_MEASURE = Path(__file__).with_name("formula_boxes.js").read_text(encoding="utf-8")
_LISTEN = """
window.complaints = [];
addEventListener("error", event => complaints.push(`script error: ${event.message}`));
addEventListener("unhandledrejection", event => complaints.push(`script error: ${event.reason}`));
addEventListener("securitypolicyviolation", event => complaints.push(`request to elsewhere: ${event.blockedURI}`));
console.error = (...words) => complaints.push(`console error: ${words.join(" ")}`);
"""
# What fits itself to its new width is measured again in the next frame: a notice, no failure.
_LATE = "ResizeObserver loop completed with undelivered notifications"
_HELP = f"""
const read = () => Object.assign(({READ})(document.querySelector(".bpviz-card")), {{ problems: formulaProblems() }});
const frames = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
const show = beat => {{
  const slider = document.querySelector("input[name=step]");
  slider.value = beat;
  slider.dispatchEvent(new Event("input", {{ bubbles: true }}));
}};
"""
_EVERY_BEAT = """
const seen = [];
for (let beat = 0; beat <= Number(document.querySelector("input[name=step]").max); beat += 1) {
  show(beat);
  await frames();
  seen.push(read());
}
return seen;"""


class EnginePage:
    """Drives the player on the page that a driver shows."""

    def __init__(self, name: str, driver: "WebDriver") -> None:
        self.name, self.driver = name, driver

    def open(self, path: Path, example: Any, width: int = 1280, height: int = 1400, **options: Any) -> None:
        """Save an example as a page, with the options of `to_html`, and open it."""
        example.to_html(path, **options)
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("<title>", f"<script>{_LISTEN}{_MEASURE}</script><title>", 1), encoding="utf-8")
        open_file(self.driver, path, width, height)
        self.wait_for("document.querySelector('.bpviz-card')")

    def wait_for(self, condition: str) -> None:
        """Wait until a JavaScript expression is true."""
        give_up = time.monotonic() + SECONDS
        while not self.driver.execute_script(f"return Boolean({condition})"):
            assert time.monotonic() < give_up, f"never came true: {condition}"

    def run(self, body: str, *arguments: Any) -> Any:
        """What an asynchronous body returns; `read`, `show(beat)` and `frames` are there for it."""
        script = f"""const answer = arguments[arguments.length - 1];
        (async (...given) => {{ {_HELP} {body} }})(...arguments).then(
          value => answer([value]), problem => answer([null, `${{problem}} ${{problem.stack}}`]));"""
        value, problem = [*self.driver.execute_async_script(script, *arguments), None][:2]
        assert problem is None, problem
        return value

    def every_beat(self) -> list[dict[str, Any]]:
        """What `PlayerDriver.read` tells, beat by beat, and what is torn in each formula (`problems`)."""
        return [with_slots(seen) for seen in self.run(_EVERY_BEAT)]

    def read(self) -> dict[str, Any]:
        """The same of what is shown now."""
        return with_slots(self.run("await frames(); return read();"))

    def leave(self) -> None:
        """Leave the page; fails with what it complained of."""
        complaints = [seen for seen in self.driver.execute_script("return complaints") if _LATE not in seen]
        self.driver.get("about:blank")
        assert not complaints, "the page is not clean:\n" + "\n".join(complaints)

    def find(self, selector: str) -> Any:
        """The first element that a selector finds."""
        return self.driver.find_element("css selector", selector)

    def press(self, *keys: str) -> None:
        """Press keys wherever the focus is."""
        from selenium.webdriver import ActionChains

        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def click(self, selector: str) -> None:
        """Click with the pointer."""
        self.find(selector).click()

    def drag(self, name: str, share: float) -> float:
        """Drag a given's slider by its thumb to a share (0 to 1) of its track; the value that it has then."""
        from selenium.webdriver import ActionChains

        selector = f".bpviz-slider input[name='{name}']"
        slider, thumb = self.find(selector), 16
        self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", slider)
        low, high, now, width = self.driver.execute_script(
            "const s = arguments[0]; return [s.min, s.max, s.value, s.clientWidth].map(Number)", slider
        )
        begin = (now - low) / (high - low)
        across = lambda to: round((to - 0.5) * (width - thumb))  # noqa: E731
        pointer = ActionChains(self.driver, duration=0).move_to_element_with_offset(slider, across(begin), 0)
        pointer.click_and_hold().move_to_element_with_offset(slider, across(share), 0).release().perform()
        return float(slider.get_property("value"))
