/** The stage: diagram, formula and caption, the part one looks at. */

import { createCaption } from "./caption.js";
import { html, ownsKeys } from "../kit/dom.js";
import { createFittingDiagram } from "./fitting_diagram.js";
import { createFormula } from "./formula.js";
import { createPlacing } from "./placing.js";
import { hasNumbers, sayBeat } from "./reading.js";
import { nodeInWords, valueInWords } from "./titles.js";
import { createWalk } from "../kit/walk.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/slots.js").Part} Part */

const MARKS = ".bpviz-diagram :is(text[data-bp], .bpviz-edge[role=button]):not(.bpviz-tip *)";
const NODES = ".bpviz-diagram .bpviz-node[data-open]";
const TERMS = ".bpviz-formula :is([data-bp], [data-ref])";

/**
 * @param {Score} score
 * @param {(text: string) => void} announce says a message aloud
 * @param {import("./arrangements.js").Connect} connect
 * @returns {Part & {picture: HTMLElement, text: () => string, enlarge: (large: boolean) => void, fit: (limit: number | null) => number}}
 *   text: what a listener should hear of this beat; enlarge: show the diagram for a hall, or the usual one again;
 *   fit: fill the height that the style sheet gives it, or be as high as it needs, about a limit in CSS pixels; returns
 *   the height that it can make use of
 */
export function createStage(score, announce, connect) {
  const diagram = createFittingDiagram(score, connect);
  const [formula, caption] = [createFormula(score), createCaption(score)];
  const parts = [diagram, formula, caption];
  const looks = { class: "bpviz-stage", tabindex: 0, role: "group", "aria-label": score.title };
  const element = ownsKeys(html("div", looks, ...parts.map((part) => part.element)));
  const tell = (/** @type {string} */ name, /** @type {Element} */ item) => {
    if (item.matches("[data-open]")) announce(nodeInWords(name, score, known));
    else if (item.matches("[data-weight]")) announce(valueInWords(name, score.quantities, known));
    else if (item.matches("[data-bp]")) announce(`${score.quantities[name].speak}: ${item.textContent}`);
  };
  const [marks, nodes, terms] = [MARKS, NODES, TERMS].map((which) => createWalk(element, which, tell));
  takeClicks(element);
  const placing = createPlacing(score.beats, element, { diagram, formula, caption }, () => remember([marks, nodes])());
  let [shown, toldRounding] = [0, false];
  /** @type {import("../engine/evaluate.js").Reading} */
  let known = () => undefined;
  return {
    element,
    picture: diagram.element,
    showBeat(index) {
      shown = index;
      const again = remember([marks, nodes, terms]);
      for (const part of parts) part.showBeat(index);
      again();
      placing.showBeat(index);
    },
    paint(reading) {
      known = reading;
      for (const part of [...parts, placing]) part.paint(reading);
    },
    text() {
      const numbersAreNew = !toldRounding && hasNumbers(score, shown);
      toldRounding ||= numbersAreNew;
      const said = sayBeat(score, shown, known) + caption.fault();
      return numbersAreNew ? `${said} ${score.words.rounded}` : said;
    },
    enlarge: diagram.enlarge,
    fit: placing.fit,
  };
}

/**
 * @param {ReturnType<typeof createWalk>[]} walks
 * @returns {() => void} makes their items reachable again, and gives the keyboard back to the one that has it now
 */
function remember(walks) {
  const places = walks.map((walk) => walk.place());
  return () => walks.forEach((walk, at) => walk.refresh(places[at]));
}

/**
 * A click gives the keyboard to the stage, not to the number that happens to be there.
 *
 * @param {HTMLElement} stage
 */
function takeClicks(stage) {
  stage.addEventListener("mousedown", (event) => {
    if (!(event.target instanceof Element && event.target.closest(`${TERMS}, ${MARKS}, ${NODES}`))) return;
    event.preventDefault();
    stage.focus({ preventScroll: true });
  });
}
