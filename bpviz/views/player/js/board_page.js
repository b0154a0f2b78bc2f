/** A board as a page of its own: its model is what stands in the page. */

import { render } from "./board.js";
import { facesReady } from "./kit/faces.js";
import { inflate } from "./kit/inflate.js";

/** Show the board whose content and state stand in the page. */
async function startBoard() {
  const el = document.getElementById("bpviz-player");
  if (!el) return;
  const [text] = await Promise.all([inflate("bpviz-state"), facesReady()]);
  const held = JSON.parse(text);
  let draw = () => {};
  const set = (/** @type {string} */ name, /** @type {any} */ value) => {
    held[name] = value;
    draw();
  };
  render({ model: { get: (name) => held[name], set, save_changes() {}, on: (_, callback) => (draw = callback), off() {} }, el });
}

startBoard();
