// Movement, for those who want it.

const reduced = matchMedia("(prefers-reduced-motion: reduce)");

/** Whether things may move. */
export function motionAllowed() {
  return !reduced.matches && document.visibilityState === "visible";
}

/**
 * Runs an animation where motion is allowed.
 * @param {Element} target
 * @param {Keyframe[]} frames
 * @param {KeyframeAnimationOptions} options
 * @returns {Animation | null}
 */
export function animate(target, frames, options) {
  return motionAllowed() ? target.animate(frames, options) : null;
}

/** Milliseconds between two runs while the page is hidden, when browsers draw no frames. */
const hiddenInterval = 250;

/**
 * Runs work in a frame of its own, however often it is asked for, and not again before an interval has passed.
 * @param {() => void} work
 * @param {number} interval Milliseconds.
 * @returns {() => void} Asks for a run.
 */
export function paced(work, interval) {
  let asked = false;
  let ranAt = -Infinity;
  const run = () => {
    asked = false;
    ranAt = performance.now();
    work();
  };
  const inFrame = () => requestAnimationFrame(run);
  return () => {
    if (asked) return;
    asked = true;
    const wait = ranAt + interval - performance.now();
    if (document.visibilityState === "hidden") setTimeout(run, hiddenInterval);
    else if (wait > 0) setTimeout(inFrame, wait);
    else inFrame();
  };
}
