/** The clock that plays one beat after the other and stops at the last. */

/** @typedef {{last: number, beat: () => number, go: (index: number) => void}} Story */

const BEAT_SECONDS = 2.6; // at speed 1×: time to read a caption of one short sentence

/**
 * @param {Story} story
 * @param {(playing: boolean) => void} show called when playing begins or ends
 */
export function createClock({ last, beat, go }, show) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let speed = 1;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
    show(false);
  };
  const tick = (/** @type {number} */ index) => {
    go(index);
    if (index >= last) stop();
    else timer = setTimeout(() => tick(beat() + 1), (BEAT_SECONDS / speed) * 1000);
  };
  return {
    pause() {
      if (timer !== undefined) stop();
    },
    toggle() {
      if (timer !== undefined) return stop();
      show(true);
      return tick(beat() >= last ? 0 : beat() + 1);
    },
    setSpeed(/** @type {number} */ value) {
      speed = value;
    },
  };
}
