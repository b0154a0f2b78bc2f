"""The line through a cloud of points, in a real browser: sliders, points and squares, and what is said."""

import re

import pytest

import bpviz
from bpviz.views.player import assets

MODEL = """([held, names]) => {
  const listeners = [];
  window.model = {
    get: name => held[name],
    set: (name, value) => {
      held[name] = value;
      for (const [event, call] of listeners) if (event === `change:${name}`) call();
    },
    save_changes() {},
    on: (event, call) => listeners.push([event, call]),
    off() {},
  };
  window.stop = window.fit.render({ model, el: document.body });
}"""
SQUARES = (
    "path => [...path.getAttribute('d').matchAll(/v(-?[\\d.]+)h([\\d.]+)/g)].map(([, v, h]) => [Number(v), Number(h)])"
)


@pytest.fixture
def fit(page):
    widget = bpviz.curves.fit()
    page.set_content("<!doctype html><title>fit</title><body></body>")
    page.add_style_tag(content=assets.style())
    page.add_script_tag(content=assets.fit_module().replace("export default", "window.fit ="))
    held = {name: getattr(widget, name) for name in ("points", "slope", "intercept", "ends", "words")}
    page.evaluate(MODEL, [held, None])
    return page


def told(page) -> str:
    page.evaluate("() => new Promise(requestAnimationFrame)")
    return page.locator(".bpviz-fit p").inner_text()


def test_squares_stand_on_the_errors_and_shrink_with_them(fit):
    assert told(fit) == bpviz.curves.fit()._repr_mimebundle_()[0]["text/plain"].splitlines()[1]
    before = fit.locator(".bpviz-fit-squares").evaluate(SQUARES)
    assert len(before) == 5
    assert all(abs(v) == h for v, h in before), "they are squares"
    for label, value in (("slope", "0.7"), ("intercept", "0.85")):
        fit.get_by_label(label, exact=True).fill(value)
    assert told(fit) == "slope 0.70, intercept 0.85: the squares together 0.30"
    after = fit.locator(".bpviz-fit-squares").evaluate(SQUARES)
    assert sum(h**2 for _, h in after) < sum(h**2 for _, h in before) / 50


def test_a_point_follows_mouse_and_keys(fit):
    handle = fit.get_by_label("Point 5, to move")
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    fit.mouse.move(x, y)
    fit.mouse.down()
    fit.mouse.move(x - 30, y + 40, steps=3)
    fit.mouse.up()
    left, low = fit.evaluate("() => model.get('points')[4]")
    assert (left, low) < (4.5, 3.8)
    handle.focus()
    for key in ("ArrowUp", "ArrowUp", "Shift+ArrowLeft"):
        fit.keyboard.press(key)
    assert fit.evaluate("() => model.get('points')[4]") == pytest.approx([left - 0.5, low + 0.1])
    assert re.search(r"x \d.*, y \d.*, error", handle.get_attribute("aria-valuetext"))
    fit.evaluate("() => model.set('slope', 1)")
    assert told(fit).startswith("slope 1.00"), "Python can move it"
    fit.evaluate("stop()")
    assert fit.locator(".bpviz-fit").count() == 0
