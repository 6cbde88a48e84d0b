import { setTimeout as pause } from 'node:timers/promises';

/**
 * Tries an expectation again until it holds, or the time is up. The time ends what never comes; it is no claim of how
 * fast anything is, since a test can share two cores with others.
 */
export async function soon(expectation: () => void | Promise<void>, withinMs = 60_000): Promise<void> {
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
