import type { Locator, Page } from 'playwright-core';

/** A keyboard and nothing else: no mouse, no focus from outside. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Presses Tab until the focus is there. @throws where it never comes */
  async tabTo(target: Locator, maxPresses = 120): Promise<void> {
    await target.first().waitFor({ state: 'attached' });
    for (let presses = 0; presses < maxPresses; presses += 1) {
      if (await isFocused(target)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`${maxPresses} presses of Tab did not come to ${target.toString()}.`);
  }

  /** Goes there and presses Enter, as on a link or a button. */
  async enter(target: Locator): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.press('Enter');
  }

  /** Goes there and presses the space bar, as on a box to tick. */
  async tick(target: Locator): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.press('Space');
  }

  async type(target: Locator, text: string): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.type(text);
  }

  /** Chooses an option of a list by its number, from the first one on. */
  async choose(target: Locator, option: number): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.press('Home');
    for (let at = 0; at < option; at += 1) await this.page.keyboard.press('ArrowDown');
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }
}

interface Element {
  readonly ownerDocument: { readonly activeElement: unknown };
}

/** Elements may be drawn anew meanwhile: none has the focus then. */
export function isFocused(target: Locator): Promise<boolean> {
  return target.evaluateAll((all) =>
    (all as unknown as readonly Element[]).some((one) => one.ownerDocument.activeElement === one),
  );
}

/**
 * Types by an input method: letters that stand in the field while they are composed, then Enter, which takes what is
 * chosen and must do nothing else, then the characters.
 */
export async function compose(page: Page, letters: string, characters: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', {
    text: letters,
    selectionStart: letters.length,
    selectionEnd: letters.length,
  });
  // As an input method sends it: a key that produces no character of its own.
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 };
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
  await session.send('Input.insertText', { text: characters });
  await session.detach();
}
