/** How much of a player one can see at once: the width it is given, and the height of what it scrolls in. */

import { html } from "../kit/dom.js";

/** @typedef {{width: number, height: number}} Room in CSS pixels */

const PROBE = 100_000; // CSS pixels: taller than any window
const AROUND = 6; // CSS pixels above and below the player that stay free
const IN_A_FRAME = 560; // a frame that is as tall as what it holds says nothing about the screen
const ADDRESS_BAR = 120; // what a phone's browser shows or hides while one scrolls; nothing is to jump then

/**
 * Call with the room whenever it changes, and at first as soon as the player stands somewhere.
 *
 * @param {HTMLElement} root of the player
 * @param {(room: Room) => void} changed
 * @returns {() => void} stops it
 */
export function watchRoom(root, changed) {
  /** @type {Room} */
  let room = { width: 0, height: 0 };
  /** @type {Element | null} */
  let watched = null;
  const measure = () => {
    const scroller = scrollerAround(root);
    if (scroller !== watched) {
      if (watched) observer.unobserve(watched);
      if (scroller) observer.observe(scroller);
      watched = scroller;
    }
    const next = { width: root.clientWidth, height: heightOf(scroller) };
    if (!next.width || isSame(room, next)) return;
    room = next;
    changed(room);
  };
  let frame = 0;
  const soon = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(measure); // what is observed must not change while it is
  };
  const observer = new ResizeObserver(soon);
  observer.observe(root);
  window.addEventListener("resize", soon);
  measure();
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
    window.removeEventListener("resize", soon);
  };
}

/**
 * @param {Room} before
 * @param {Room} next
 */
function isSame(before, next) {
  const rise = Math.abs(next.height - before.height);
  const touched = matchMedia("(pointer: coarse)").matches;
  return next.width === before.width && (rise === 0 || (touched && rise < ADDRESS_BAR));
}

/**
 * @param {Element | null} scroller null: the page itself
 * @returns {number} what can be seen of it at once
 */
function heightOf(scroller) {
  if (scroller) return scroller.clientHeight - 2 * AROUND;
  const whole = document.scrollingElement ?? document.documentElement; // not the same in a page without a doctype
  const page = whole.clientHeight - 2 * AROUND;
  return window.parent === window ? page : Math.max(page, IN_A_FRAME);
}

/**
 * The nearest element around that something very tall would scroll in. Styles alone do not say which: many elements may
 * scroll and are as tall as what they hold.
 *
 * @param {HTMLElement} root
 * @returns {Element | null} null: the page itself
 */
function scrollerAround(root) {
  const probe = html("div", { style: `height:${PROBE}px` });
  root.after(probe);
  let outer = elementAround(root);
  while (outer && !(scrolls(outer) && outer.scrollHeight - outer.clientHeight > PROBE / 2)) outer = elementAround(outer);
  probe.remove();
  return outer && outer !== document.body && outer !== document.documentElement ? outer : null;
}

/**
 * @param {Element} element
 * @returns {Element | null} the one around it, in a shadow tree too
 */
function elementAround(element) {
  if (element.parentElement) return element.parentElement;
  const tree = element.getRootNode();
  return tree instanceof ShadowRoot ? tree.host : null;
}

/** @param {Element} element */
function scrolls(element) {
  return /auto|scroll|overlay/.test(getComputedStyle(element).overflowY);
}
