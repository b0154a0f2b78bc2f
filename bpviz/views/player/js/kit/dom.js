/** Small helpers to build elements, to measure them and to keep their focus. Text always reaches the page as text. */

/** @typedef {Record<string, string | number>} Attributes */

/**
 * Write attributes that are new or other than before: to write the same one again costs the browser a layout.
 *
 * @template {Element} T
 * @param {T} element
 * @param {Attributes} attributes
 * @returns {T} the same element
 */
export function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    const text = String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
  return element;
}

/**
 * Write a text that is new or other than before, into the text that stands there: another one costs the browser more.
 *
 * @param {Element} element that holds nothing but a text
 * @param {string} text
 */
export function setText(element, text) {
  const { firstChild } = element;
  if (!(firstChild instanceof Text) || firstChild.nextSibling) element.textContent = text;
  else if (firstChild.data !== text) firstChild.data = text;
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {(Node | string)[]} children
 */
export function html(tag, attributes = {}, ...children) {
  const element = setAttributes(document.createElement(tag), attributes);
  element.append(...children);
  return element;
}

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {(Node | string)[]} children
 */
export function svg(tag, attributes = {}, ...children) {
  const element = setAttributes(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes);
  element.append(...children);
  return element;
}

/**
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {(Node | string)[]} children
 */
export function mathml(tag, attributes = {}, ...children) {
  const element = setAttributes(document.createElementNS("http://www.w3.org/1998/Math/MathML", tag), attributes);
  element.append(...children);
  return element;
}

/**
 * An element that can take the keyboard. JupyterLab leaves its keys alone only if the element itself says so.
 *
 * @template {HTMLElement} T
 * @param {T} element
 */
export function ownsKeys(element) {
  return setAttributes(element, { "data-lm-suppress-shortcuts": "true" });
}

/**
 * @param {Element} element
 * @returns {Element | null} what has the focus in the tree that an element stands in: the document's, or a shadow tree
 */
export function focusBeside(element) {
  return /** @type {Document | ShadowRoot} */ (element.getRootNode()).activeElement ?? null;
}

/** @param {Element} element */
export function hasFocus(element) {
  return focusBeside(element) === element;
}

/**
 * Remember which place in an element has the focus.
 *
 * @param {Element} [old]
 * @returns {(next: Element) => void} gives the same place in another element the focus, without scrolling
 */
export function rememberFocus(old) {
  const focused = old && focusBeside(old);
  if (!focused || !old.contains(focused)) return () => {};
  /** @type {number[]} */
  const path = [];
  for (let at = focused; at !== old && at.parentElement; at = at.parentElement) {
    path.unshift([...at.parentElement.children].indexOf(at));
  }
  return (next) => focusAt(next, path);
}

/**
 * @param {Element} root
 * @param {number[]} path of places among children; the nearest element above that can is focused
 */
function focusAt(root, path) {
  /** @type {Element[]} */
  const way = [root];
  for (const place of path) way.unshift(way[0].children[place] ?? way[0]);
  way.find((element) => {
    if (element instanceof HTMLElement || element instanceof SVGElement) element.focus({ preventScroll: true });
    return hasFocus(element);
  });
}

/**
 * @param {Element} element
 * @param {(width: number, height: number) => void} changed called when the element gets a new size, in CSS pixels
 * @returns {() => void} stops it
 */
export function watchSize(element, changed) {
  let [width, height] = [0, 0];
  const observer = new ResizeObserver(([{ contentRect }]) => {
    if (!contentRect.width || (contentRect.width === width && contentRect.height === height)) return;
    ({ width, height } = contentRect);
    changed(width, height);
  });
  observer.observe(element);
  return () => observer.disconnect();
}

/**
 * @param {Element} element beside which they are laid out, together and once
 * @param {HTMLElement[]} probes
 * @param {(probe: HTMLElement) => void} [settle] called with each of them, once they are laid out
 * @returns {number[]} the height of each, in CSS pixels
 */
export function heightsOf(element, probes, settle = () => {}) {
  const width = `${element.getBoundingClientRect().width}px`; // a probe's own room is wider: it does not know of what is right of it
  for (const probe of probes) Object.assign(probe.style, { width, boxSizing: "border-box" });
  element.after(...probes);
  probes.forEach(settle);
  const heights = probes.map((probe) => Math.ceil(probe.getBoundingClientRect().height));
  for (const probe of probes) probe.remove();
  return heights;
}
