/** A diagram that is higher than its room is scrolled to where a beat happens. */

const FREE = 12; // CSS pixels that stay free above; the picture's ends fade
const CHIP = 46; // and below, where chips may stand that are not needed
const VALUE = 34; // above what is in focus: its value stands there
const TOLD = ".bpviz-told";
const LIT = `.bpviz-node:not(.bpviz-dim), .bpviz-edge:not(.bpviz-dim) .bpviz-line, .bpviz-needed, ${TOLD}`;
const FOCUSED = ".bpviz-focus";
const MOVING = ":is(.bpviz-forward, .bpviz-backward) .bpviz-line";

/**
 * Scroll no further than needed to show all that is lit, with the values of what is in focus, or, where that is too high,
 * what is in focus with the chips that tell it, or alone, the edge on which something moves, or the chips; at least their
 * middle. Where all is lit, as at the beginning and at the end, the top is shown.
 *
 * @param {HTMLElement} picture
 */
export function follow(picture) {
  if (!picture.querySelector(".bpviz-dim")) {
    picture.scrollTop = 0;
    return;
  }
  const room = picture.getBoundingClientRect();
  const spanOf = (/** @type {string} */ which, above = 0) => spanOfAll([...picture.querySelectorAll(which)], above);
  const focused = spanOf(FOCUSED, VALUE - FREE);
  const lit = spanOf(LIT);
  const told = spanOf(TOLD);
  /** @type {[Span, number][]} */
  const choices = [[bothSpans(lit, focused), FREE], [lit, FREE], [bothSpans(told, focused), FREE], [focused, CHIP], [spanOf(MOVING), CHIP], [told, FREE]]; // each with the room that it wants below
  const spans = choices.filter(([{ top }]) => Number.isFinite(top));
  if (!spans.length) return;
  const left = (/** @type {Span} */ { top, bottom }) => room.height - FREE - (bottom - top);
  const [span] = spans.find(([each, least]) => left(each) >= least) ?? [centreOf(spans[spans.length - 1][0])];
  const above = span.top - FREE - room.top;
  const below = span.bottom + Math.min(CHIP, left(span)) - room.bottom;
  const way = above < 0 ? above : Math.min(Math.max(below, 0), above);
  const toTop = -picture.scrollTop;
  const isNearTop = way - toTop < CHIP && below - toTop <= 0; // then no label up there is cut
  picture.scrollTop += isNearTop ? toTop : way;
}

/**
 * @param {Element[]} parts
 * @param {number} above so much more
 * @returns {Span} from the highest to the lowest; not finite where there are none
 */
function spanOfAll(parts, above) {
  const boxes = parts.map((part) => part.getBoundingClientRect());
  return { top: Math.min(...boxes.map(({ top }) => top)) - above, bottom: Math.max(...boxes.map(({ bottom }) => bottom)) };
}

/** @typedef {{top: number, bottom: number}} Span */

/** @param {Span} one @param {Span} other */
function bothSpans(one, other) {
  return { top: Math.min(one.top, other.top), bottom: Math.max(one.bottom, other.bottom) };
}

/** @param {Span} span */
function centreOf({ top, bottom }) {
  const middle = (top + bottom) / 2;
  return { top: middle - CHIP / 2, bottom: middle + CHIP / 2 };
}
