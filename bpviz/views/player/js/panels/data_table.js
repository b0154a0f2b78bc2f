/** The table of data: a row's columns can be changed; beside them stand what comes out and its loss. */

import { createButton } from "../kit/button.js";
import { html, ownsKeys, setText } from "../kit/dom.js";
import { appendRich, fillWords, plainText, setData } from "../kit/slots.js";
import { asRows } from "../engine/tables.js";
import { formatNumber } from "../kit/format.js";
import { connectBox, createBox, createNote, paintBox, refusal } from "../kit/number_box.js";
import { createSeedBox } from "../kit/seed_box.js";
import { MOST_DATA_ROWS } from "../score/schema.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("./panels.js").State} State */

/**
 * @param {Score} score
 * @param {State} state
 * @param {(text: string) => void} announce says a message aloud
 * @returns {{element: HTMLElement, paint: () => void}}
 */
export function createDataTable(score, state, announce) {
  const { words, program, data } = score;
  const { columns, outputs } = /** @type {import("../score/schema.js").Data} */ (data);
  const { table, change } = state.history.data;
  const results = [...outputs, program.loss];
  const body = html("tbody");
  const { element: note, say } = createNote(null, announce);
  const add = createButton(words.data_add, words.data_add, () => {
    const { rows } = table();
    if (rows.length < MOST_DATA_ROWS) change({ ...table(), rows: [...rows, rows[rows.length - 1]] });
  });
  const order = createDataOrder(score, state, say);
  /** @type {ReturnType<typeof createDataRow>[]} */
  let rows = [];
  return {
    element: html("div", { class: "bpviz-data-table" },
      html("table", { "aria-label": words.data },
        createDataHead(score, [...columns, ...results]),
        body,
      ),
      html("div", { class: "bpviz-data-tools" }, add, order.element),
      note,
    ),
    paint() {
      const now = table().rows;
      if (now.length !== rows.length) {
        rows = now.map((_, place) => createDataRow(score, state, place, results, say));
        body.replaceChildren(...rows.map((row) => row.element));
      }
      const values = state.each(asRows(columns, now), results);
      const valuesOf = (/** @type {number} */ place) => values.subarray(place * results.length, (place + 1) * results.length);
      rows.forEach((row, place) => row.paint(now[place], valuesOf(place)));
      add.setAttribute("aria-disabled", String(now.length >= MOST_DATA_ROWS));
      order.paint();
    },
  };
}

/**
 * @param {Score} score
 * @param {string[]} names
 */
function createDataHead({ words, quantities }, names) {
  const cells = names.map((name) => {
    const cell = html("th", { scope: "col" });
    appendRich(cell, quantities[name].label);
    return cell;
  });
  return html("thead", {}, html("tr", {}, html("th", { scope: "col" }, words.data_row), ...cells, html("td")));
}

/**
 * @param {Score} score
 * @param {State} state
 * @param {number} place
 * @param {string[]} results
 * @param {(text: string) => void} say
 */
function createDataRow(score, state, place, results, say) {
  const { words, data } = score;
  const { table, change, put } = state.history.data;
  const n = place + 1;
  const rows = () => table().rows;
  const show = createButton(String(n), fillWords(words.data_show, { n }), () => put(rows()[place]));
  const remove = createButton("✕", fillWords(words.data_remove, { n }), () => {
    if (rows().length > 1) change({ ...table(), rows: rows().toSpliced(place, 1) });
  });
  const columns = data?.columns ?? [];
  const boxes = columns.map((_, column) => createCellBox(score, state, place, column, say));
  const cells = results.map((name) => html("td", { class: "bpviz-number", "data-of": name }));
  const element = html("tr", { "data-row": place },
    html("th", { scope: "row" }, show),
    ...boxes.map((box) => html("td", {}, box)),
    ...cells,
    html("td", {}, remove),
  );
  return {
    element,
    paint(/** @type {number[]} */ row, /** @type {Float64Array} */ values) {
      boxes.forEach((box, column) => paintBox(box, row[column]));
      cells.forEach((cell, index) => {
        setText(cell, formatNumber(values[index]));
        setData(cell, values[index]);
      });
      remove.setAttribute("aria-disabled", String(rows().length === 1));
      const isShown = columns.every((name, column) => state.model.get(name) === row[column]);
      element.setAttribute("aria-current", String(isShown));
    },
  };
}

/**
 * The box of one number of the table.
 *
 * @param {Score} score
 * @param {State} state
 * @param {number} place of its row
 * @param {number} column
 * @param {(text: string) => void} say
 */
function createCellBox({ words, quantities, data }, { history }, place, column, say) {
  const { table, change } = history.data;
  const name = plainText(quantities[data?.columns[column] ?? ""].label);
  const label = fillWords(words.data_cell, { name, n: place + 1 });
  const value = () => table().rows[place][column];
  const accept = (/** @type {number} */ next) => {
    say("");
    const { rows } = table();
    change({ ...table(), rows: rows.with(place, rows[place].with(column, next)) });
  };
  const box = createBox(label);
  connectBox(box, value, accept, (text) => say(refusal(words, text, label, value())));
  return box;
}

/**
 * In order or shuffled, and by which seed.
 *
 * @param {Score} score
 * @param {State} state
 * @param {(text: string) => void} say
 */
function createDataOrder({ words }, { history }, say) {
  const { table, change } = history.data;
  const select = ownsKeys(html("select", { class: "bpviz-select", "aria-label": words.data_order },
    html("option", { value: "in_order" }, words.data_in_order),
    html("option", { value: "shuffled" }, words.data_shuffled),
  ));
  select.addEventListener("change", () => change({ ...table(), shuffled: select.value === "shuffled" }));
  const seed = createSeedBox(words, words.data_seed, () => table().seed, (next) => change({ ...table(), seed: next }), say);
  const label = html("label", {}, words.data_seed, " ", seed.element);
  return {
    element: html("div", { class: "bpviz-data-order" }, select, label),
    paint() {
      select.value = table().shuffled ? "shuffled" : "in_order";
      label.style.visibility = table().shuffled ? "" : "hidden";
      seed.paint();
    },
  };
}
