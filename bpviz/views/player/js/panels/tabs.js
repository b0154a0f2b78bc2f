/** Tabs: panels that share one room; as many as fit are shown, one of them is in front. */

import { html, ownsKeys, setAttributes } from "../kit/dom.js";

/** @typedef {{name: string, label: string, wide: boolean, element: HTMLElement}} Sheet a panel and how its tab is called */

let made = 0; // players on a page: elements are told apart by it

/**
 * @param {Sheet[]} sheets in their order
 * @param {string} label of the row of tabs
 * @param {() => string} front the name of the panel in front
 * @param {(name: string) => void} bring called with the panel that is to come to the front
 * @returns {{element: HTMLElement, paint: (beside: number) => void}} paint: show the one in front, and those that fit beside it
 */
export function createTabs(sheets, label, front, bring) {
  made += 1;
  const tabs = sheets.map(({ name, label: text, element }) => {
    const [tab, panel] = [`bpviz-tab-${made}-${name}`, `bpviz-panel-${made}-${name}`];
    element.id = panel;
    element.setAttribute("role", "tabpanel");
    element.setAttribute("aria-labelledby", tab);
    element.removeAttribute("aria-label");
    const button = ownsKeys(html("button", { type: "button", class: "bpviz-panel-tab", id: tab, role: "tab", "aria-controls": panel }, text));
    button.addEventListener("click", () => bring(name));
    return button;
  });
  const element = html("div", { class: "bpviz-panel-tabs", role: "tablist", "aria-label": label }, ...tabs);
  element.addEventListener("keydown", (event) => {
    const at = tabs.findIndex((tab) => tab === event.target);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation(); // elsewhere these keys step through the story
    const next = (to + tabs.length) % tabs.length;
    bring(sheets[next].name);
    tabs[next].focus();
  });
  return {
    element,
    paint(beside) {
      const first = Math.max(sheets.findIndex(({ name }) => name === front()), 0);
      const shown = together(sheets, first, beside);
      sheets.forEach((sheet, index) => {
        if (sheet.element.hidden === shown.has(index)) sheet.element.hidden = !shown.has(index);
        setAttributes(tabs[index], { "aria-selected": String(shown.has(index)), tabindex: index === first ? 0 : -1 });
      });
      if (element.hidden !== (shown.size === sheets.length)) element.hidden = shown.size === sheets.length;
      setAttributes(element, { "aria-multiselectable": String(shown.size > 1) });
    },
  };
}

/**
 * @param {Sheet[]} sheets
 * @param {number} first the one that must be seen
 * @param {number} beside how many fit, where a wide one takes the room of two
 * @returns {Set<number>} which of them are seen
 */
function together(sheets, first, beside) {
  const size = (/** @type {number} */ index) => (sheets[index].wide ? 2 : 1);
  let free = beside - size(first);
  const shown = new Set([first]);
  sheets.forEach((_, index) => {
    if (shown.has(index) || size(index) > free) return;
    free -= size(index);
    shown.add(index);
  });
  return shown;
}
