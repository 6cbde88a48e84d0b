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

/**
 * For what chance or a busy machine can spoil, such as the race that a negative control has to win: one of some tries has
 * to succeed, and each can have more time than the one before. What is broken fails in all of them.
 */
export async function inSomeTry(attempt: (index: number) => Promise<void>, tries = 5): Promise<void> {
  for (let index = 0; index < tries - 1; index += 1) {
    try {
      return await attempt(index);
    } catch {
      // The last try says what is wrong.
    }
  }
  return attempt(tries - 1);
}
