/** The switches: which of the score's variants is shown. */

import { html, ownsKeys } from "../kit/dom.js";
import { fillWords } from "../kit/slots.js";
import { variantWith } from "../score/variants.js";

/** @typedef {import("../state/state.js").State} State */
/** @typedef {import("../score/schema.js").Switch} Switch */

/** @param {State} state */
export function createSwitches({ whole: score, variant, history }) {
  const selects = score.switches.map((item, at) => {
    const select = createSelect(item);
    select.addEventListener("change", () => {
      history.switchTo(variantWith(score, variant(), at, select.selectedIndex));
      const value = item.choices[select.selectedIndex].label;
      history.tell(fillWords(score.words.said_value, { name: item.label, value }));
    });
    return select;
  });
  const rows = score.switches.map(({ label }, at) => html("label", { class: "bpviz-switch" }, label, selects[at]));
  const heading = html("h3", { class: "bpviz-heading" }, score.words.switches);
  return {
    element: html("section", { class: "bpviz-group bpviz-switches", "aria-label": score.words.switches }, heading, ...rows),
    paint() {
      const { choices } = score.variants[variant()];
      selects.forEach((select, at) => (select.selectedIndex = choices[at]));
    },
  };
}

/** @param {Switch} item */
function createSelect({ name, label, choices }) {
  const options = choices.map((choice) => html("option", { value: String(choice.value) }, choice.label));
  return ownsKeys(html("select", { class: "bpviz-select", name, "aria-label": label }, ...options));
}
