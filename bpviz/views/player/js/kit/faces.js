/** The faces that the style sheet carries: what is measured before they are there would be measured wrong. */

const FACES = ["14px 'bpviz sans'", "600 14px 'bpviz sans'", "14px 'bpviz mono'", "600 14px 'bpviz mono'", "20px 'bpviz maths'"];
const SIGNS = "14px 'bpviz signs'";
const TICK = "\u2713";

/** @returns {boolean} whether they are there already, or never will be */
export function areFacesHere() {
  return FACES.every((face) => document.fonts.check(face)) && document.fonts.check(SIGNS, TICK);
}

/** @returns {Promise<unknown>} done once the faces are there, or the browser refused them */
export function facesReady() {
  const all = [...FACES.map((face) => document.fonts.load(face)), document.fonts.load(SIGNS, TICK)];
  return Promise.allSettled(all);
}
