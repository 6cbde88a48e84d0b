import type { Page } from 'playwright-core';

/** The import of a timetable into a stop. */
export class ImportPage {
  constructor(
    private readonly page: Page,
    private readonly url: string,
  ) {}

  async open(stopId: string, language = ''): Promise<void> {
    await this.page.goto(`${this.url}${language}/console/stops/${stopId}/import`);
    await this.page.getByRole('heading', { level: 1 }).waitFor();
  }

  /** Chooses a file of this content. */
  async choose(name: string, content: string): Promise<void> {
    const file = { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) };
    await this.page.locator('input[type=file]').setInputFiles(file);
  }

  readonly press = (button: string) => this.page.getByRole('button', { name: button, exact: true }).click();
  readonly says = (text: string | RegExp) => this.page.getByText(text).first().waitFor();
  readonly row = (title: string) => this.page.getByRole('row', { name: new RegExp(title) });
}
