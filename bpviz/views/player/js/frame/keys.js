/** The keyboard: arrows step, Space plays, Home and End and the page keys jump, wherever in the player the focus is. */

/**
 * @typedef {"previous" | "next" | "first" | "last" | "previousPhase" | "nextPhase"} Jump
 * @typedef {Record<Jump, () => void>} Jumps
 */

/**
 * @param {HTMLElement} root
 * @param {Jumps} jumps
 * @param {() => void} toggle play or pause
 */
export function listenToKeys(root, jumps, toggle) {
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowLeft: jumps.previous,
    ArrowRight: jumps.next,
    Home: jumps.first,
    End: jumps.last,
    PageUp: jumps.previousPhase,
    PageDown: jumps.nextPhase,
    " ": toggle,
  };
  root.addEventListener("keydown", (event) => {
    const action = keys[event.key];
    if (!action || event.altKey || event.ctrlKey || event.metaKey || belongsTo(event.target, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  });
}

/** @type {HTMLElement | null} the player that was touched last: of several on a page, only one takes the keys */
let touched = null;

/**
 * Keys that go nowhere else, since nothing has the focus, belong to the player that was touched last.
 *
 * @param {HTMLElement} root
 * @param {() => Element | null} card that listens to keys
 * @param {boolean} alone whether this page is the player's own, so that it need not be touched first
 * @returns {() => void} stops it
 */
export function takeFreeKeys(root, card, alone) {
  const touch = () => (touched = root);
  if (alone) touch();
  const hand = (/** @type {KeyboardEvent} */ event) => {
    const isFree = event.target === document.body || event.target === document.documentElement;
    if (!isFree || touched !== root || event.defaultPrevented) return;
    const { key, code, altKey, ctrlKey, metaKey, shiftKey } = event;
    const same = { key, code, altKey, ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true };
    if (card()?.dispatchEvent(new KeyboardEvent("keydown", same)) === false) event.preventDefault();
  };
  for (const event of ["pointerdown", "focusin"]) root.addEventListener(event, touch);
  document.addEventListener("keydown", hand);
  return () => {
    if (touched === root) touched = null;
    document.removeEventListener("keydown", hand);
  };
}

/**
 * Whether the focused element needs this key itself: boxes type, sliders of givens move, buttons are pressed.
 *
 * @param {EventTarget | null} target
 * @param {string} key
 */
function belongsTo(target, key) {
  if (target instanceof HTMLButtonElement) return key === " ";
  if (target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof SVGElement) return key === " " && target.getAttribute("role") === "button";
  if (!(target instanceof HTMLInputElement)) return false;
  return target.type === "text" || (target.name !== "step" && key !== " ");
}

/**
 * Ctrl+Z takes the last change back, Ctrl+Shift+Z does it again. A box that is being typed into undoes its own letters.
 *
 * @param {HTMLElement} root
 * @param {{undo: () => void, redo: () => void}} history
 */
export function listenToUndo(root, { undo, redo }) {
  root.addEventListener("keydown", (event) => {
    const { target, key, shiftKey } = event;
    if (key.toLowerCase() !== "z" || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    if (target instanceof HTMLInputElement && target.type === "text" && target.value !== target.dataset.value) return;
    event.preventDefault();
    event.stopPropagation();
    (shiftKey ? redo : undo)();
  });
}
