/**
 * For what chance or a busy machine can spoil, such as the race that a negative control has to win: one of some tries has
 * to succeed. What is broken fails in all of them.
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
