"""Small stand-ins for the hosts of the widget: a page that mounts its module as they do."""

from typing import Any

from playwright.sync_api import Page

from bpviz.telling.story import index_of
from bpviz.views.player import assets
from bpviz.views.player.state import first_state
from bpviz.views.score.score import score
from bpviz.worked import WorkedExample

_MOUNT = """async ({ module, style, state, shadow, late, throws }) => {
  const listeners = new Map();
  const refuse = () => {
    throw new Error("this host has no kernel");
  };
  const model = {
    get: name => state[name],
    set(name, value) {
      state[name] = value;
      for (const heard of listeners.get(`change:${name}`) ?? []) heard();
    },
    on: (event, heard) => listeners.set(event, [...(listeners.get(event) ?? []), heard]),
    off: (event, heard) => listeners.set(event, (listeners.get(event) ?? []).filter(other => other !== heard)),
    save_changes: () => (window.saved = (window.saved ?? 0) + 1),
  };
  if (throws) {
    Object.assign(model, { off: refuse, save_changes: refuse });
    Object.defineProperty(model, "widget_manager", { get: refuse });
  }
  const host = document.body.appendChild(document.createElement("div"));
  const tree = shadow ? host.attachShadow({ mode: "open" }) : host;
  const el = tree.appendChild(document.createElement("div"));
  el.className = "host";
  const sheet = document.createElement("style");
  sheet.textContent = style;
  if (!late) el.append(sheet);
  const url = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  const widget = (await import(url)).default;
  window.stop = widget.render({ model, el });
  window.model = model;
  if (late) el.append(sheet);
}"""


def mount(page: Page, example: WorkedExample, *, start=0, shadow=False, late=False, throws=False, **changes: Any):
    """Mount the widget of an example in a page that is loaded, beside the style sheet that its host puts there.

    start: the beat; changes: of the state that the model has; shadow: in a shadow tree; late: the style sheet comes
    after the player; throws: the model does at what needs a kernel. The page gets `model`, `saved` (how often it was
    told the kernel) and `stop`, which removes the player.
    """
    told = score(example)
    givens = {given["name"]: given["value"] for given in told["givens"]}
    state = first_state(told, index_of(example.beats, start), None, None) | givens | changes
    how = {"shadow": shadow, "late": late, "throws": throws}
    page.evaluate(_MOUNT, {"module": assets.widget_module(), "style": assets.style(), "state": state, **how})
    page.locator(".bpviz").last.wait_for()
