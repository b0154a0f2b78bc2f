/** The diagram as it fits: the usual one, or the large one in a narrow window and for a hall. */

import { createDiagram, SMALLEST_SCALE } from "./diagram.js";
import { AIRY, createLargeDiagram, largeScene } from "./large_diagram.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../score/schema.js").Scene} Scene */

const TALLER = 1.25; // a narrow window has height to spare

/**
 * @param {Score} score
 * @param {(diagram: Element, scene: Scene) => void} connect makes a diagram answer to clicks; for a hall, none does
 * @returns {import("../kit/slots.js").Part & {enlarge: (large: boolean) => void, fitTo: (width: number) => boolean}}
 *   enlarge: for a hall, or not; fitTo: for a width in CSS pixels, true where that changed the diagram
 */
export function createFittingDiagram(score, connect) {
  const { scene } = score;
  const usual = createDiagram(score);
  connect(usual.element, scene);
  let diagram = usual;
  let [presenting, narrow] = [false, false];
  let [beat, repaint] = [0, () => {}];
  const choose = () => {
    const next = presenting ? createLargeDiagram(score, largeScene(scene)) : narrow ? createNarrow(score, connect) : usual;
    diagram.element.replaceWith(next.element);
    diagram = next;
    diagram.showBeat(beat);
    repaint();
  };
  return {
    get element() {
      return diagram.element;
    },
    showBeat(index) {
      beat = index;
      diagram.showBeat(beat);
    },
    paint(reading) {
      repaint = () => diagram.paint(reading);
      repaint();
    },
    enlarge(large) {
      presenting = large;
      choose();
    },
    fitTo(width) {
      const before = narrow;
      narrow = width < SMALLEST_SCALE * scene.width && scene.large.width < scene.width;
      if (narrow === before || presenting) return false;
      choose();
      return true;
    },
  };
}

/**
 * @param {Score} score
 * @param {(diagram: Element, scene: Scene) => void} connect
 */
function createNarrow(score, connect) {
  const taller = largeScene(score.scene, TALLER);
  const diagram = createLargeDiagram(score, taller, AIRY);
  connect(diagram.element, taller);
  return diagram;
}
