/** The heading of a panel: its name, which a tab may say instead, and what else belongs there. */

import { html } from "../kit/dom.js";

/**
 * @param {string} name
 * @param {(Node | string)[]} more
 */
export function panelHeading(name, ...more) {
  return html("h3", {}, html("span", { class: "bpviz-panel-name" }, name), ...more);
}
