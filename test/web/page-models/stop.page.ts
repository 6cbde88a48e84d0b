import type { Page } from 'playwright-core';

/** The organizer's screens of one stop. */
export class StopPage {
  constructor(
    private readonly page: Page,
    private readonly url: string,
  ) {}

  async open(stopId: string, screen = ''): Promise<void> {
    await this.page.goto(`${this.url}/console/stops/${stopId}${screen}`);
    await this.page.getByRole('heading', { level: 1 }).waitFor();
  }

  readonly field = (label: string) => this.page.getByLabel(label);
  readonly press = (button: string) => this.page.getByRole('button', { name: button, exact: true }).click();
  readonly says = (text: string | RegExp) => this.page.getByText(text).first().waitFor();

  /** Answers what is asked before something that can't be undone. */
  async sure(action: string): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: action, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }
}
