/** Signs of operations as they fit into their nodes. */

import LOOK from "../../../look.json";

const NUMBER = /^\S*\d\S*(?= )|(?<= )\S*\d\S*$/; // with which an operation works

/**
 * @param {string} sign
 * @param {number} width of its node
 * @returns {{text: string, size: number}} smaller where it is long; shortened where its letters could not be read
 */
export function fitSign(sign, width) {
  const { aside, least, border } = LOOK.sign;
  const most = Math.floor((width - border) / (LOOK.text.digit_width * least));
  const whole = [...sign];
  const letters = whole.length > most ? [...sign.replace(NUMBER, "…")] : whole;
  const shown = letters.length > most ? [...letters.slice(0, most - 1), "…"] : letters;
  const size = Math.max((width - aside) / (LOOK.text.digit_width * shown.length), least);
  return { text: shown.join(""), size: Math.min(LOOK.cell.number, size) };
}
