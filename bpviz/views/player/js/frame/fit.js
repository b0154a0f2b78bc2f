/** Give the parts of a card their room: as high as the window, or less where they cannot use it. */

const PANELS_BESIDE_SLIDERS = 300; // CSS pixels of height that panels can use there

/**
 * @typedef {{element: Element}} Standing
 * @typedef {{fit: (limit: number | null) => number} & Standing} Stage
 * @typedef {{header: Standing, stage: Stage, transport: Standing, controls: Standing, panels: {isEmpty: boolean}}} Parts
 */

/**
 * @param {HTMLElement} card
 * @param {Parts} parts
 * @param {HTMLElement} root
 * @param {import("./room.js").Room} room
 */
export function fitCard(card, { header, stage, transport, controls, panels }, root, { height }) {
  const { layout } = root.dataset;
  const around = outerHeight(header) + outerHeight(transport);
  const own = /** @type {HTMLElement} */ (stage.element);
  const isPresenting = root.classList.contains("bpviz-presenting");
  card.style.height = own.style.height = "";
  if (isPresenting) stage.fit(null);
  else if (layout === "stack") stage.fit(height - around);
  else if (layout === "low") {
    own.style.height = `${height - around}px`;
    stage.fit(null);
  } else {
    card.style.height = `${height}px`;
    const useful = stage.fit(null);
    const beside = groupsOf(controls) + (layout === "side" && !panels.isEmpty ? PANELS_BESIDE_SLIDERS : 0);
    const others = card.offsetHeight - own.offsetHeight;
    const wanted = Math.ceil(others + Math.max(useful, beside));
    if (wanted >= height) return;
    card.style.height = `${wanted}px`;
    stage.fit(null);
  }
}

/** @param {Standing} part */
function outerHeight({ element }) {
  return /** @type {HTMLElement} */ (element).offsetHeight;
}

/** @param {Standing} controls */
function groupsOf({ element }) {
  const { paddingTop, paddingBottom } = getComputedStyle(element);
  return (element.firstElementChild?.scrollHeight ?? 0) + parseFloat(paddingTop) + parseFloat(paddingBottom);
}
