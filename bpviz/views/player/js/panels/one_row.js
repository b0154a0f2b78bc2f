/** Where there is data, rounds train on one row alone: which one, what all rows say meanwhile, and the way to train on all. */

import { createButton } from "../kit/button.js";
import { formatCount, formatNumber } from "../kit/format.js";
import { html, setAttributes, setText } from "../kit/dom.js";
import { fillWords, setData } from "../kit/slots.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("./panels.js").State} State */

/**
 * @param {Score} score one that has data
 * @param {State} state
 * @param {HTMLElement} buttons that train; they are named after the row
 */
export function createOneRow({ words, lang }, state, buttons) {
  const { data } = state.history;
  const [told, mean] = [html("span"), html("span", { class: "bpviz-number" })];
  const open = createButton(words.one_row_all, words.one_row_all, () => state.write({ front: "data" }));
  const all = [...buttons.querySelectorAll("button")];
  const parts = [html("strong", {}, told), " ", words.one_row_mean, "\u00a0", mean, " "];
  return {
    element: html("p", { class: "bpviz-one-row" }, ...parts, ...(state.hasPanel("data") ? [open] : [])),
    paint() {
      const [row, epochs] = [data.row() + 1, data.epochs()];
      const only = row ? fillWords(words.one_row, { row }) : words.one_row_here;
      const ends = epochs ? ` ${fillWords(words.one_row_ends, { n: formatCount(epochs, lang) })}` : "";
      setText(told, only + ends);
      setAttributes(buttons, { "aria-label": only });
      const once = row ? fillWords(words.one_row_once, { row }) : words.one_row_once_here;
      setText(all[0], once);
      setAttributes(all[0], { "aria-label": once }); // it is called what stands on it
      for (const button of all) setAttributes(button, { title: `${button.getAttribute("aria-label")}. ${only}` });
      const value = data.mean();
      setText(mean, formatNumber(value));
      setData(mean, value);
    },
  };
}
