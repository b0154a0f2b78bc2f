/** Tables of data: what stands in them, and in which order training meets their rows. */

import { orderOf } from "./seeded.js";

/** @typedef {{columns: string[], outputs: string[], rows: number[][]}} Data a row: what each column, a given, is set to */
/** @typedef {{rows: number[][], shuffled: boolean, seed: number}} Table */
/** @typedef {import("./runner.js").Rows} Rows */

/**
 * The table of data as it is before anything has changed, as bpviz/views/score/check.py makes it.
 *
 * @param {{data?: Data}} score
 * @returns {Table | undefined}
 */
export function firstTable({ data }) {
  return data && { rows: data.rows, shuffled: false, seed: 1 };
}

/**
 * @param {Table} one
 * @param {Table} other
 */
export function isSameTable(one, other) {
  return one.shuffled === other.shuffled && one.seed === other.seed && String(one.rows) === String(other.rows);
}

/**
 * @param {string[]} columns
 * @param {number[][]} rows
 * @returns {Rows} the same as a runner takes them
 */
export function asRows(columns, rows) {
  return { columns, count: rows.length, numbers: Float64Array.from(rows.flat()) };
}

/**
 * The places of a table's rows in the order that some epochs present them; in order, one epoch tells all.
 *
 * @param {Table} table
 * @param {number} gone how many epochs went before
 * @param {number} epochs
 * @returns {Int32Array}
 */
export function orderOfEpochs({ rows, shuffled, seed }, gone, epochs) {
  if (!shuffled) return Int32Array.from(rows.keys());
  const order = new Int32Array(rows.length * epochs);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    order.set(orderOf(rows.length, seed, gone + epoch), epoch * rows.length);
  }
  return order;
}
