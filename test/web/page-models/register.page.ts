import type { Page } from 'playwright-core';

/** The steps in which a company registers its people at a stop. */
export class RegisterPage {
  constructor(private readonly page: Page) {}

  /** The cell of a person, counted from 1. */
  readonly cell = (person: number, label: string) =>
    this.page.getByRole('listitem', { name: `第 ${person} 位` }).getByLabel(label);
  readonly faults = () => this.page.locator('.field-fault:not(:empty)');

  async paste(text: string): Promise<void> {
    await this.page.locator('summary', { hasText: '从 Excel 或 WPS 粘贴' }).click();
    await this.page.getByRole('textbox', { name: '从 Excel 或 WPS 粘贴' }).fill(text);
    await this.page.getByRole('button', { name: /^填入 \d+ 人$/ }).click();
    await this.page.getByText(/^已填入 \d+ 人。$/).waitFor();
  }

  async goOn(): Promise<void> {
    await this.page.getByRole('button', { name: '下一步：核对' }).click();
  }

  async submit(): Promise<void> {
    await this.page.getByRole('checkbox').check();
    await this.page.getByRole('button', { name: '提交报名' }).click();
    await this.page.getByRole('link', { name: '查看报名' }).waitFor();
  }

  async seeRegistration(): Promise<void> {
    await this.page.getByRole('link', { name: '查看报名' }).click();
    await this.page.getByRole('heading', { name: '参会人' }).waitFor();
  }
}
