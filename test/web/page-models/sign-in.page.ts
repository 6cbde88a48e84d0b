import type { Page } from 'playwright-core';

/** The sign-in, as somebody sees it who has a key. */
export class SignInPage {
  constructor(
    private readonly page: Page,
    private readonly url: string,
  ) {}

  async withKey(apiKey: string, next = ''): Promise<void> {
    await this.page.goto(`${this.url}/sign-in${next === '' ? '' : `?next=${encodeURIComponent(next)}`}`);
    await this.page.getByText('使用 API 密钥登录').click();
    await this.page.getByLabel('API 密钥').fill(apiKey);
    await this.page.locator('details').getByRole('button', { name: '登录' }).click();
    await this.page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
  }
}
