/** The keyboard: arrows step, Space plays, Home and End and the page keys jump, wherever in the player the focus is. */

/** @typedef {{step: (by: number) => void, jump: (to: "first" | "last" | "previous phase" | "next phase") => void, toggle: () => void}} Actions */

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function listenToKeys(root, { step, jump, toggle }) {
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    Home: () => jump("first"),
    End: () => jump("last"),
    PageUp: () => jump("previous phase"),
    PageDown: () => jump("next phase"),
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
  if (!(target instanceof HTMLInputElement)) return false;
  return target.type === "text" || (target.name !== "step" && key !== " ");
}
