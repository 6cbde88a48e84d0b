import { randomInt, randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from '@jest/globals';
import { soon } from '#service/testing/patience';
import { ApiClient, must, signUpCompany } from '../support/client.js';
import { Mailbox } from '../support/mailbox.js';
import { sharedSystem, type SharedSystem } from '../support/shared-system.js';
import { describeInBrowser, inNewBrowser, widths } from './browser.js';

let system: SharedSystem;
let mails: Mailbox;
let email: string;

/** Each of its own network: how many codes one may ask for is no matter here. */
const reader = () => ({
  viewport: widths.phone,
  extraHTTPHeaders: { 'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}` },
});

describeInBrowser('somebody with two memberships', () => {
  beforeAll(async () => {
    system = await sharedSystem();
    mails = new Mailbox(new ApiClient(system.url), system.mailPageUrl);
    email = `both-${randomUUID()}@example.com`;
    const organizer = new ApiClient(system.url, system.organizerKey);
    await must(organizer.post('/v1/members', { email }));
    const { api } = await signUpCompany(organizer);
    await must(api.post('/v1/members', { email }));
  }, 120_000);

  it('signs in by a mailed code, acts for one and the other, and ends a sign-in by a link elsewhere', async () => {
    await inNewBrowser(reader(), async ({ page }) => {
      await page.goto(`${system.url}/sign-in`);
      await page.getByLabel('邮箱').fill(email);
      await page.getByRole('button', { name: '发送验证码' }).click();
      await page.getByLabel('6 位验证码').fill((await mails.read(email)).code);
      await page.getByRole('button', { name: '登录', exact: true }).click();
      const actingAs = page.getByLabel('当前身份');
      await actingAs.waitFor();
      for (const [role, path] of [
        ['公司', '/company'],
        ['主办方', '/console'],
      ] as const) {
        await actingAs.selectOption({ label: await labelOf(actingAs, role) });
        await page.waitForURL(`${system.url}${path}`);
        await actingAs.waitFor();
      }
      await page.getByRole('link', { name: 'English' }).click();
      await page.waitForURL(`${system.url}/en/console`);
      const { link } = await mails.ask(email);
      await inNewBrowser(reader(), async ({ page: elsewhere }) => {
        await elsewhere.goto(link);
        await elsewhere.getByRole('button', { name: '登录', exact: true }).click();
        // It was asked for in another browser, so it is asked whether this one is meant.
        await elsewhere.getByRole('button', { name: '在这里登录' }).click();
        await elsewhere.getByLabel('当前身份').waitFor();
        await page.goto(`${system.url}/account`);
        await page.getByRole('button', { name: /^结束登录/ }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('button', { name: '结束登录' }).click();
        await dialog.waitFor({ state: 'detached' });
        await elsewhere.goto(`${system.url}/account`);
        await elsewhere.waitForURL(`${system.url}/sign-in?**`);
      });
      expect(await page.getByText('这个浏览器').count()).toBe(1);
    });
  }, 180_000);
});

/** The option of that role, once the page knows its memberships. */
async function labelOf(
  select: { locator: (options: string) => { allInnerTexts: () => Promise<string[]> } },
  role: string,
): Promise<string> {
  let found: string | undefined;
  await soon(async () => {
    found = (await select.locator('option').allInnerTexts()).find((text) => text.endsWith(`(${role})`));
    expect(found).toBeDefined();
  });
  return found ?? '';
}
