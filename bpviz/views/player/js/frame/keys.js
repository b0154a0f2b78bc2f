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
