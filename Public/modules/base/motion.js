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

/**
 * Runs work at most once in a frame, and also while the page is hidden, when browsers draw no frames.
 * @param {() => void} work
 * @returns {() => void} Asks for a run.
 */
export function oncePerFrame(work) {
  let asked = false;
  const run = () => {
    asked = false;
    work();
  };
  return () => {
    if (asked) return;
    asked = true;
    if (document.visibilityState === "visible") requestAnimationFrame(run);
    else setTimeout(run, 250);
  };
}
