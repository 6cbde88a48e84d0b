import type { Page } from 'playwright-core';
import type { NewCompany } from '../scenario.js';

/** The sign-up of a company that comes for the first time. */
export class SignUpPage {
  constructor(private readonly page: Page) {}

  readonly code = () => this.page.getByLabel('统一社会信用代码');
  readonly submit = () => this.page.getByRole('button', { name: '登记', exact: true });

  async fill({ name, uscc, email }: NewCompany): Promise<void> {
    await this.page.getByLabel('公司名称（中文）').fill(name);
    await this.code().fill(uscc);
    await this.page.getByLabel('联系人姓名').fill('示例甲');
    await this.page.getByLabel('联系邮箱').fill(email);
  }

  /** The key is shown once; going on signs in with it. */
  async keepKey(): Promise<string> {
    const key = await this.page.locator('code').innerText();
    await this.page.getByRole('button', { name: '继续' }).click();
    return key;
  }
}
