/** The table of all values by phase: the diagram for people who read, listen, or take the numbers elsewhere. */

import { copyText } from "../kit/copy.js";
import { html, ownsKeys } from "../kit/dom.js";
import { appendRich, createSlot, fillSlots } from "../kit/slots.js";
import { panelHeading } from "./heading.js";
import { createWalk } from "../kit/walk.js";
import { DECIMALS } from "./witnesses.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/slots.js").Part} Part */
/** @typedef {import("../engine/evaluate.js").Reading} Reading */
/** @typedef {import("../kit/slots.js").Slot} Slot */

/**
 * @param {Score} score
 * @param {(text: string) => void} announce says a message aloud
 * @returns {Part & {element: HTMLElement}}
 */
export function createTable(score, announce) {
  const { words } = score;
  /** @type {Slot[]} */
  const slots = [];
  const heads = [words.symbol, words.name, words.value].map((text) => html("th", { scope: "col" }, text));
  const caption = html("caption", {}, `${words.table_caption}. ${words.rounded}`);
  const table = html("table", {}, caption, html("thead", {}, html("tr", {}, ...heads)));
  const walk = createWalk(table, "tr[data-ref]");
  const build = () => {
    table.append(...sections(score).map(({ title, names }) => createSection(score, title, names, slots)));
    walk.refresh(null);
  };
  const copy = ownsKeys(html("button", { type: "button", class: "bpviz-button" }, words.copy_csv));
  const frame = html("div", { class: "bpviz-table-frame" }, table);
  const bar = html("div", { class: "bpviz-table-bar" }, panelHeading(words.table), copy);
  const element = html("section", { class: "bpviz-panel bpviz-wide bpviz-table", "aria-label": words.table }, bar, frame);
  /** @type {Reading} */
  let latest = () => undefined;
  copy.addEventListener("click", () => {
    const text = asCsv(slots.map((slot) => slot.name), latest);
    copyText(text, bar, words.csv).then((done) => announce(done ? words.copied : words.press_copy));
  });
  return {
    element,
    showBeat() {},
    paint(reading) {
      if (!slots.length) build(); // not before it is seen: a row for each of some thousand quantities takes a while
      latest = reading;
      fillSlots(slots, reading);
    },
  };
}

/**
 * The givens, then each phase of the story, with the quantities they hold.
 *
 * @param {Score} score
 */
function sections({ phases, program, quantities, words }) {
  const of = (/** @type {string} */ id) => Object.keys(program.names).filter((name) => quantities[name]?.phase === id);
  const given = { title: words.given, names: of("given") };
  return [given, ...phases.map(({ id, label }) => ({ title: label, names: of(id) }))].filter(({ names }) => names.length);
}

/**
 * @param {Score} score
 * @param {string} title
 * @param {string[]} names
 * @param {Slot[]} slots receives the section's live numbers
 */
function createSection({ quantities }, title, names, slots) {
  const rows = names.map((name) => {
    const symbol = html("td");
    appendRich(symbol, quantities[name].label);
    const value = html("td", { class: "bpviz-number" });
    slots.push(createSlot(value, name, { decimals: DECIMALS }));
    const head = html("th", { scope: "row" }, html("code", {}, name));
    return ownsKeys(html("tr", { "data-ref": name }, symbol, head, value));
  });
  return html("tbody", {}, html("tr", {}, html("th", { scope: "rowgroup", colspan: 3 }, title)), ...rows);
}

/**
 * Name and value at full precision, line by line; no value where nothing is computed yet.
 *
 * @param {string[]} names
 * @param {Reading} reading
 */
function asCsv(names, reading) {
  return ["name,value", ...names.map((name) => `${name},${reading(name) ?? ""}`), ""].join("\n");
}
