/** Which given the slice follows: the one the story is about, or one that is chosen, here or on its edge. */

import { html, ownsKeys, setText } from "../kit/dom.js";
import { fillWords } from "../kit/slots.js";
import { createSubjects } from "../score/subject.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("./panels.js").State} State */

/**
 * A list of all trained givens, and of "the one the story is about".
 *
 * @param {Score} score
 * @param {State} state
 */
export function createChooser(score, state) {
  const { program, quantities, words } = score;
  const chosen = () => String(state.model.get("slice_of") || "");
  const trained = new Set(program.trained);
  const story = html("option", { value: "" });
  const options = program.trained.map((name) => html("option", { value: name }, quantities[name].speak));
  const subjectAt = createSubjects(score);
  const select = ownsKeys(html("select", { class: "bpviz-select", name: "slice_of" }, story, ...options));
  select.addEventListener("change", () => state.write({ slice_of: select.value }));
  return {
    element: select,
    weight: () => subjectAt(chosen(), state.beat()),
    paint(/** @type {string} */ weight) {
      setText(story, fillWords(words.slice_story, { name: quantities[weight].speak }));
      select.value = trained.has(chosen()) ? chosen() : "";
    },
  };
}
