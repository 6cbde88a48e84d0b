import { setTimeout as pause } from 'node:timers/promises';

/** Tries an expectation again until it holds, or the time is up. */
export async function soon(expectation: () => void | Promise<void>, withinMs = 5_000): Promise<void> {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await expectation();
    } catch (error) {
      if (Date.now() >= until) throw error;
      await pause(25);
    }
  }
}
