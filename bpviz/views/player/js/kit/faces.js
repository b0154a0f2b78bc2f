/** The faces that the style sheet carries: what is measured before they are there would be measured wrong. */

import { html } from "./dom.js";

const FACES = ["14px 'bpviz sans'", "600 14px 'bpviz sans'", "14px 'bpviz mono'", "600 14px 'bpviz mono'", "20px 'bpviz maths'"];
const SIGNS = "14px 'bpviz signs'";
const TICK = "\u2713";
const LIFTED = "bpviz-faces";

/** @returns {boolean} whether they are there already, or never will be */
function areFacesHere() {
  return FACES.every((face) => document.fonts.check(face)) && document.fonts.check(SIGNS, TICK);
}

/** @returns {Promise<unknown>} done once the faces are there, or the browser refused them */
export function facesReady() {
  const all = [...FACES.map((face) => document.fonts.load(face)), document.fonts.load(SIGNS, TICK)];
  return Promise.allSettled(all);
}

/**
 * See to it that an element has its faces.
 *
 * @param {Element} element
 * @param {() => void} arrived called when they come later
 * @returns {() => void} stops waiting for them
 */
export function bringFaces(element, arrived) {
  const tree = element.getRootNode();
  const wait = () => {
    if (tree instanceof ShadowRoot) liftFaces(tree);
    if (!areFacesHere()) facesReady().then(arrived);
  };
  wait();
  if (!(tree instanceof ShadowRoot)) return () => {};
  tree.addEventListener("load", wait, { capture: true }); // a style sheet may come after the player
  return () => tree.removeEventListener("load", wait, { capture: true });
}

/**
 * Browsers load no faces that a shadow tree's style sheet names: the document must name them, once for all players.
 *
 * @param {ShadowRoot} tree
 */
function liftFaces(tree) {
  if (document.getElementById(LIFTED)) return;
  const faces = [...tree.styleSheets, ...tree.adoptedStyleSheets].flatMap(ownFaces);
  if (faces.length) document.head.append(html("style", { id: LIFTED }, ...faces));
}

/**
 * @param {CSSStyleSheet} sheet
 * @returns {string[]}
 */
function ownFaces(sheet) {
  try {
    const faces = [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule);
    return faces.map((rule) => rule.cssText).filter((text) => text.includes("bpviz "));
  } catch {
    return []; // another origin's: it may not be read
  }
}
