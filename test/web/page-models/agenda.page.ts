import type { Page } from 'playwright-core';

/** The company's agenda of one stop, where its people are signed up for sessions. */
export class AgendaPage {
  constructor(
    private readonly page: Page,
    private readonly url: string,
  ) {}

  async open(stopId: string): Promise<void> {
    await this.page.goto(`${this.url}/company/agenda/${stopId}`);
    await this.page.getByRole('heading', { level: 1 }).waitFor();
  }

  async choose(session: string): Promise<void> {
    await this.page.getByRole('button', { name: `为“${session}”选择同事` }).click();
    await this.page.getByRole('dialog').waitFor();
  }

  readonly person = (name: string) =>
    this.page.getByRole('dialog').getByRole('checkbox', { name: new RegExp(name) });

  async save(): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.waitFor({ state: 'detached' });
  }
}
