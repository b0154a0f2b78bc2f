/** Why a slice can be flat: something that is 0 is all that the weight is ever multiplied by. */

import { fillWords } from "../kit/slots.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("./panels.js").State} State */

/**
 * @param {Score} score
 * @param {State} state
 * @returns {(weight: string) => string} which given is 0 and keeps the loss from following the weight; "" where none does
 */
export function createFlatReason({ program, givens, quantities, words }, state) {
  const value = (/** @type {string} */ name) => Number(state.model.get(name));
  return (weight) => {
    const cause = givens.find(({ name }) => {
      if (Object.hasOwn(program.feedback, name) || value(name) !== 0) return false;
      const numbers = Float64Array.from([0, 1].flatMap((other) => [0, 1].flatMap((more) => [value(weight) + more, other])));
      const rows = { columns: [weight, name], count: 4, numbers };
      const [here, moved, free, freeMoved] = state.each(rows, [program.loss]);
      return here === moved && free !== freeMoved;
    });
    return cause ? fillWords(words.slice_flat, { name: quantities[cause.name].speak }) : "";
  };
}
