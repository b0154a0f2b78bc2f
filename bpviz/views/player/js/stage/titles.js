/** Values where nothing is written: what a part of the diagram holds is told when one points at it. */

import { svg } from "../kit/dom.js";
import { formatNumber } from "../kit/format.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../engine/evaluate.js").Reading} Reading */

/**
 * @param {Element} diagram
 * @param {Score["scene"]} scene
 * @param {Score["quantities"]} quantities
 */
export function titleValues(diagram, { edges, nodes }, quantities) {
  /** @type {Map<string, string[]>} */
  const held = new Map(nodes.map(({ id, cells }) => [`node ${id}`, cells.map(({ bp }) => bp)]));
  for (const { id, carries } of edges) if (carries) held.set(`edge ${id}`, [carries]);
  /** @type {Reading} */
  let latest = () => undefined;
  diagram.addEventListener("pointerover", ({ target }) => {
    const part = target instanceof SVGElement ? target.closest(".bpviz-edge, .bpviz-node") : null;
    if (!(part instanceof SVGElement)) return;
    const { edge, node } = part.dataset;
    const names = held.get(edge === undefined ? `node ${node}` : `edge ${edge}`) ?? [];
    if (!names.length) return;
    const title = part.querySelector("title") ?? part.appendChild(svg("title"));
    title.textContent = names.map((name) => valueInWords(name, quantities, latest)).join("\n");
  });
  return {
    paint(/** @type {Reading} */ reading) {
      latest = reading;
    },
  };
}

/**
 * @param {string} node
 * @param {Score} score
 * @param {Reading} reading
 */
export function nodeInWords(node, { scene, quantities }, reading) {
  const cells = scene.nodes.find(({ id }) => id === node)?.cells ?? [];
  return cells.map(({ bp }) => valueInWords(bp, quantities, reading)).join(", ");
}

/**
 * @param {string} name
 * @param {Score["quantities"]} quantities
 * @param {Reading} reading
 */
export function valueInWords(name, quantities, reading) {
  const value = reading(name);
  return `${quantities[name].speak}: ${value === undefined ? "·" : formatNumber(value)}`;
}
