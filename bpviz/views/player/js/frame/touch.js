/** Fingers on the picture: a swipe to the side steps, and so does a tap on its left or right half. */

const SWIPE = 40; // CSS pixels to the side
const TAP = 10; // a finger that moves less than this rests

/**
 * @param {HTMLElement} picture
 * @param {{previous: () => void, next: () => void}} jumps
 * @param {(target: Element) => boolean} isTaken whether a tap there means something else
 */
export function listenToTouch(picture, { previous, next }, isTaken) {
  /** @type {PointerEvent | null} */
  let begun = null;
  picture.addEventListener("pointerdown", (event) => {
    begun = event.pointerType === "touch" && event.isPrimary ? event : null;
  });
  picture.addEventListener("pointercancel", () => (begun = null)); // it scrolls
  picture.addEventListener("pointerup", (event) => {
    if (!begun || event.pointerId !== begun.pointerId) return;
    const [across, down] = [event.clientX - begun.clientX, event.clientY - begun.clientY];
    begun = null;
    if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(down)) return across < 0 ? next() : previous();
    const rests = Math.abs(across) < TAP && Math.abs(down) < TAP;
    if (!rests || (event.target instanceof Element && isTaken(event.target))) return;
    const { left, width } = picture.getBoundingClientRect();
    if (event.clientX < left + width / 2) previous();
    else next();
  });
}
