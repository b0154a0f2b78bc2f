/** What a model is told that a host may not be able to pass on. */

/** @typedef {{save_changes: () => void, widget_manager?: {kernel?: {isDisposed: boolean, status: string} | null}}} Told widget_manager: knows the kernel, in JupyterLab */

/**
 * Tell the kernel, if there is one. Telling one that is gone would only fill the console with errors.
 *
 * @param {Told} model
 */
export function tellKernel(model) {
  attempt(() => {
    const kernel = model.widget_manager?.kernel;
    if (kernel !== null && !kernel?.isDisposed && kernel?.status !== "dead") model.save_changes();
  });
}

/**
 * Where no kernel ever was, a host's model may throw at all that would need one.
 *
 * @param {() => void} action
 */
export function attempt(action) {
  try {
    action();
  } catch {
    return;
  }
}
