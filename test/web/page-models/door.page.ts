import type { Locator, Page } from 'playwright-core';
import type { Network } from '../network.js';

/** The door, as its staff uses it. */
export class DoorPage {
  /** @param line to the system that can be cut, where the test is about that */
  constructor(
    readonly page: Page,
    private readonly line?: Network,
  ) {}

  async join(passUrl: string): Promise<void> {
    const { pathname, hash } = new URL(passUrl);
    await this.page.goto(this.line === undefined ? passUrl : this.line.url + pathname + hash);
    await this.page.getByRole('button', { name: /加入|Join/ }).click();
    await this.roster().waitFor();
  }

  /** As a USB scanner and a person do it: text, and Enter. */
  async enter(text: string): Promise<void> {
    await this.field().fill(text);
    await this.field().press('Enter');
  }

  field = (): Locator => this.page.getByRole('combobox');
  roster = (): Locator => this.page.locator('[data-roster]:not([data-roster="none"])');
  waiting = (count: number): Locator => this.page.locator(`[data-waiting="${count}"]`);
  network = (state: 'online' | 'offline'): Locator => this.page.locator(`[data-network="${state}"]`);
  confirmation = (state: string): Locator => this.page.locator(`[data-confirmation="${state}"]`);
  toLookAt = (): Locator => this.page.getByRole('region', { name: /需要处理|To look at/ });

  /** The large verdict, once it is of this colour. */
  async verdict(colour: 'green' | 'orange' | 'red' | 'purple'): Promise<string> {
    const verdict = this.page.locator(`[data-colour="${colour}"]`);
    await verdict.waitFor();
    return verdict.innerText();
  }

  async loseNetwork(): Promise<void> {
    await this.line?.lose(this.page);
  }

  async restoreNetwork(): Promise<void> {
    await this.line?.restore(this.page);
  }

  /** The service worker has what it needs for a time without a network. */
  async readyForOffline(): Promise<void> {
    await this.page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  }
}
