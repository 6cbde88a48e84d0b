import { setTimeout as pause } from 'node:timers/promises';

/** Repeats expectations until they hold. The time ends what never comes; it is no claim of how fast anything is. */
export async function soon(expectations: () => void | Promise<void>, withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await expectations();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(20);
    }
  }
}

/**
 * For what a busy machine can spoil: one of some tries has to succeed, each with more time than the one before. What is
 * broken fails in all of them.
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
