/** Which given the slice follows: the one the story is about, or one that is chosen, here or on its edge. */

import { fillWords, html, ownsKeys, setAttributes, svg } from "../kit/dom.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("./panels.js").State} State */

/**
 * @param {Score} score
 * @param {State} state
 * @returns {string} the chosen given, or the one that the latest gradient or update so far was about, or the first such
 */
export function weightAt(score, state) {
  const chosen = String(state.model.get("slice_of") || "");
  if (Object.hasOwn(score.program.feedback, chosen)) return chosen;
  const told = score.beats.map((beat) => subjectAt(score, beat));
  return (
    told.slice(0, state.beat() + 1).findLast(Boolean) ?? told.find(Boolean) ?? Object.keys(score.program.feedback)[0]
  );
}

/**
 * @param {Score} score
 * @param {string} given
 * @returns {string | undefined} the quantity that is the gradient of the loss for a given
 */
export function gradientOf({ quantities, program }, given) {
  return Object.keys(quantities).find((name) => {
    const { check } = quantities[name];
    return check?.[0] === program.loss && check[1] === given;
  });
}

/**
 * @param {Score} score
 * @param {import("../score/schema.js").Beat} beat
 * @returns {string} the first trained given whose gradient or new value this beat tells, or ""
 */
export function subjectAt(score, { reveals }) {
  return reveals.map((name) => subjectOf(score, name)).find(Boolean) ?? "";
}

/**
 * @param {Score} score
 * @param {string} name
 * @returns {string | undefined} the trained given whose gradient or new value this quantity is
 */
function subjectOf(score, name) {
  return Object.keys(score.program.feedback).find(
    (given) => score.program.feedback[given] === name || gradientOf(score, given) === name,
  );
}

/**
 * A list of all trained givens, and of "the one the story is about".
 *
 * @param {Score} score
 * @param {State} state
 */
export function createChooser({ program, quantities, words }, state) {
  const story = html("option", { value: "" });
  const options = Object.keys(program.feedback).map((name) =>
    html("option", { value: name }, quantities[name].speak),
  );
  const select = ownsKeys(html("select", { class: "bpviz-select", name: "slice_of" }, story, ...options));
  select.addEventListener("change", () => state.write({ slice_of: select.value }));
  return {
    element: select,
    paint(/** @type {string} */ weight) {
      story.textContent = fillWords(words.slice_story, { name: quantities[weight].speak });
      const chosen = String(state.model.get("slice_of") || "");
      select.value = Object.hasOwn(program.feedback, chosen) ? chosen : "";
    },
  };
}

/**
 * Let every edge with a trained weight be clicked; it takes the keyboard too.
 *
 * @param {Element} diagram
 * @param {Pick<import("../score/schema.js").Scene, "edges">} scene that it shows
 * @param {Score} score
 * @param {State} state
 */
export function connectEdges(diagram, { edges }, { program, quantities, words }, state) {
  const choose = (/** @type {string} */ weight) => state.write({ slice_of: weight });
  for (const { id, start, end, weight } of edges.filter((edge) => Object.hasOwn(program.feedback, edge.weight))) {
    const edge = diagram.querySelector(`[data-edge="${CSS.escape(id)}"]`);
    const label = fillWords(words.slice_choose, { name: quantities[weight].speak });
    setAttributes(/** @type {Element} */ (edge), {
      role: "button",
      "aria-label": label,
      "data-weight": weight,
    });
    edge?.append(svg("line", { class: "bpviz-reach", x1: start[0], y1: start[1], x2: end[0], y2: end[1] }));
    edge?.addEventListener("click", () => choose(weight));
    edge?.addEventListener("keydown", (event) => {
      if (!["Enter", " "].includes(/** @type {KeyboardEvent} */ (event).key)) return;
      event.preventDefault();
      choose(weight);
    });
  }
}

/**
 * Let every chip with a trained weight be clicked.
 *
 * @param {Element} stage
 * @param {Score} score
 * @param {State} state
 */
export function connectChips(stage, { program }, state) {
  stage.addEventListener("click", ({ target }) => {
    const chip = target instanceof Element ? target.closest(".bpviz-chip") : null;
    const weight = chip?.querySelector("[data-bp]")?.getAttribute("data-bp");
    if (weight && Object.hasOwn(program.feedback, weight)) state.write({ slice_of: weight });
  });
}
