/** When a page is printed: what shares a room on the screen stands side by side on paper. */

/**
 * @param {(on: boolean) => void} changed called before the page is laid out for paper, and after
 * @returns {() => void} stops it
 */
export function watchPaper(changed) {
  const paper = matchMedia("print"); // heard where a page is only looked at as on paper
  let on = false;
  const turn = (/** @type {boolean} */ next) => {
    if (next !== on) changed((on = next));
  };
  const [begin, end, look] = [() => turn(true), () => turn(false), () => turn(paper.matches)];
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  paper.addEventListener("change", look);
  return () => {
    window.removeEventListener("beforeprint", begin);
    window.removeEventListener("afterprint", end);
    paper.removeEventListener("change", look);
  };
}
