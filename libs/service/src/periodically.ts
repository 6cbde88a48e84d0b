/**
 * Repeats work with a pause between the end of one run and the start of the next, so that slow runs never pile up.
 * By default the first run comes after a random part of the pause: replicas that start together do not
 * work in step.
 * @returns stops it, and waits for the run under way
 */
export function periodically(
  pauseMs: number,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
  firstAfterMs = Math.random() * pauseMs,
): () => Promise<void> {
  let timer: NodeJS.Timeout;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = work()
      .then(() => undefined, onError)
      .then(() => plan(pauseMs));
  };
  const plan = (inMs: number) => {
    if (!stopped) timer = setTimeout(run, inMs);
  };
  plan(firstAfterMs);
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
