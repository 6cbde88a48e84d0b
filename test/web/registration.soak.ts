import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { soon } from '#service/testing/patience';
import {
  ApiClient,
  delegates,
  must,
  publishedStop,
  signUpCompany,
  type SignedUp,
} from '../support/client.js';
import { sharedSystem } from '../support/shared-system.js';
import { axeViolations, describeInBrowser, inNewBrowser, overflow, widths } from './browser.js';
import { openScreen } from './look.js';
import { SignInPage } from './page-models/sign-in.page.js';

interface Registered {
  readonly company: SignedUp;
  readonly id: string;
}

let url: string;
let confirmed: Registered;
let waiting: Registered;

/** A registration, as its company sees it on a phone. */
async function atRegistration(
  { company, id }: Registered,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  await inNewBrowser({ viewport: widths.phone }, async ({ page }) => {
    await new SignInPage(page, url).withKey(company.api.apiKey ?? '');
    await openScreen(page, `${url}/company/registrations/${id}`);
    await use(page);
  });
}

async function fillPerson(page: Page, name: string, email: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('姓名').fill(name);
  await dialog.getByLabel('邮箱').fill(email);
  await dialog.getByRole('button', { name: '保存' }).click();
}

const read = ({ company, id }: Registered) => must(company.api.get(`/v1/registrations/${id}`));

describeInBrowser('a registration in the company’s hands', () => {
  beforeAll(async () => {
    const system = await sharedSystem();
    ({ url } = system);
    const organizer = new ApiClient(url, system.organizerKey);
    const stop = await publishedStop(organizer, { capacity: 3 });
    const register = async (count: number): Promise<Registered> => {
      const company = await signUpCompany(organizer);
      const body = { delegates: delegates(count) };
      return { company, id: (await must(company.api.post(`/v1/stops/${stop.id}/registrations`, body))).id };
    };
    confirmed = await register(2);
    waiting = await register(3);
  }, 120_000);

  it('has a person substituted, says why it can’t grow, and what another one waits for', async () => {
    const [first] = (await read(confirmed)).delegates;
    await atRegistration(confirmed, async (page) => {
      await page.getByRole('button', { name: `换人：${first.name}` }).click();
      await fillPerson(page, '接替者', 'not an address');
      await page.getByRole('dialog').getByText('邮箱格式不对').waitFor();
      await fillPerson(page, '接替者', 'successor@example.com');
      await page.getByRole('button', { name: '换人：接替者' }).waitFor();
      const [now] = (await read(confirmed)).delegates;
      expect(now).toMatchObject({ id: first.id, name: '接替者' });
      expect(now.badge).not.toBe(first.badge);
      // Who waits comes before, though one seat is left.
      await page.getByRole('button', { name: '增加一人' }).click();
      await fillPerson(page, '加来的', 'more@example.com');
      await page.getByRole('dialog').getByRole('alert').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      expect(Math.max(0, await overflow(page))).toBe(0);
    });
    await atRegistration(waiting, async (page) => {
      await page.getByText('候补第 1 位：需要 3 席，目前余 1 席。').waitFor();
      await page
        .getByRole('button', { name: /^移除 / })
        .first()
        .click();
      await page.getByRole('dialog').getByRole('button', { name: '移除' }).click();
      await page.getByText('候补第 1 位：需要 2 席，目前余 1 席。').waitFor();
    });
  }, 120_000);

  it('is cancelled, and its seats go to who waits', async () => {
    await atRegistration(confirmed, async (page) => {
      await page.getByRole('button', { name: '取消整个报名' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '取消报名' }).click();
      await page.getByText('已取消').first().waitFor();
    });
    await soon(async () => expect(await read(waiting)).toMatchObject({ status: 'confirmed', seats: 2 }));
    await atRegistration(waiting, async (page) => {
      await page.getByText('2 个席位已确认。').waitFor();
      await page.getByRole('link', { name: '全部入场码（打印）' }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await soon(async () => expect(await page.locator('main img').count()).toBe(2));
    });
  }, 120_000);
});
