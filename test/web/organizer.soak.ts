import { beforeAll, expect, it } from '@jest/globals';
import { soon } from '#service/testing/patience';
import { aSession, aStop, delegates, must, signUpCompany } from '../support/client.js';
import { axeViolations, describeInBrowser, inNewBrowser, overflow, sizes, widths } from './browser.js';
import { lookAtPages } from './look-at-pages.js';
import { RegistrationsPage } from './page-models/console.page.js';
import { SignInPage } from './page-models/sign-in.page.js';
import { preparePublicTour, type Scenario } from './scenario.js';

let scenario: Scenario;
/** A stop whose registrations the organizer approves. */
let stopId: string;
let companies: readonly string[];

beforeAll(async () => {
  scenario = await preparePublicTour();
  const { organizer, tourId } = scenario;
  const manual = aStop({
    name: { zh: '审核站' },
    startsAt: new Date(Date.now() + 90 * 86_400_000).toISOString(),
    endsAt: new Date(Date.now() + 91 * 86_400_000).toISOString(),
    registration: { approval: 'manual' },
    capacity: 3,
  });
  ({ id: stopId } = await must(organizer.post(`/v1/tours/${tourId}/stops`, manual)));
  await must(organizer.post(`/v1/stops/${stopId}/publish`));
  companies = await Promise.all(
    [1, 2].map(async (people) => {
      const { api } = await signUpCompany(organizer);
      await must(api.post(`/v1/stops/${stopId}/registrations`, { delegates: delegates(people) }));
      await must(api.post(`/v1/stops/${stopId}/sessions`, aSession({ title: { zh: `提案 ${people}` } })));
      return (await must(api.get('/v1/companies/me'))).name.zh as string;
    }),
  );
}, 120_000);

const company = (number: 1 | 2): string => companies[number - 1] ?? '';

describeInBrowser('public pages in the other halves', () => {
  it.each([
    ['phone', '/en'],
    ['desk', ''],
  ] as const)('hold as well: %s %s', (size, language) => lookAtPages(scenario, size, language), 120_000);
});

describeInBrowser('an organizer in a browser', () => {
  it('approves what is chosen after ten seconds, and not what was taken back', async () => {
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      const list = new RegistrationsPage(page, scenario.url);
      await list.open(stopId);
      await list.choose(company(1));
      await list.approve().click();
      await list.undo().click();
      await list.choose(company(2));
      await list.approve().click();
      await page.getByText('已处理 1 个。').waitFor({ timeout: 20_000 });
      await list.show('已确认');
      await list.row(company(2)).waitFor();
      expect(new URL(page.url()).searchParams.get('status')).toBe('confirmed');
      await list.show('待审核');
      await list.row(company(1)).waitFor();
    });
  }, 120_000);

  it('approves nobody who waits, and says why', async () => {
    const { api } = await signUpCompany(scenario.organizer);
    await must(api.post(`/v1/stops/${stopId}/registrations`, { delegates: delegates(3) }));
    const name = (await must(api.get('/v1/companies/me'))).name.zh as string;
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      const list = new RegistrationsPage(page, scenario.url);
      await list.open(stopId);
      await list.choose(name);
      expect(await list.approve().isDisabled()).toBe(true);
      await page.getByText('候补的报名在有空位时自动递补').waitFor();
      await page.getByRole('button', { name: '不通过', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: '不通过' }).click();
      await page.getByText('已处理 1 个。').waitFor({ timeout: 20_000 });
    });
  }, 120_000);

  it('does what was decided though another search or screen comes before its ten seconds are over', async () => {
    const statusOf = async (name: string): Promise<string> => {
      const { items } = await must(scenario.organizer.get(`/v1/stops/${stopId}/registrations`));
      return items.find((one: { company: { name: { zh: string } } }) => one.company.name.zh === name).status;
    };
    expect(await statusOf(company(1))).toBe('pending');
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      const list = new RegistrationsPage(page, scenario.url);
      await list.open(stopId);
      await list.choose(company(1));
      await list.approve().click();
      await page.getByLabel('搜索公司、代码、姓名、邮箱').fill('没有这家公司');
      await page.getByText('没有符合条件的报名。').or(page.locator('.empty')).first().waitFor();
      expect(await list.undo().isVisible()).toBe(true);
      await page.getByRole('link', { name: '分享', exact: true }).click();
      await soon(async () => expect(await statusOf(company(1))).toBe('confirmed'));
    });
  }, 120_000);

  it('makes a tour and its first stop, sees a fault at its field, and publishes', async () => {
    await inNewBrowser({ viewport: widths.desk, timezoneId: 'Europe/Berlin' }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      await page.goto(`${scenario.url}/console`);
      await page.getByText('新建巡回').click();
      await page.getByLabel('名称（中文）').fill('新的巡回');
      await page.getByRole('button', { name: '新建', exact: true }).click();
      await page.getByRole('link', { name: '新建一站 新的巡回' }).click();
      // The form of the tour has a field of the same name, as long as it is there.
      await page.getByRole('heading', { level: 1, name: '新建一站' }).waitFor();
      await page.getByLabel('名称（中文）').first().fill('首站');
      await page.getByLabel('省、直辖市').selectOption('330000');
      await page.getByLabel('城市').selectOption('330100');
      await page.getByLabel('场地名称（中文）').fill('会议中心');
      await page.getByLabel('开始时间').fill('2098-01-16T09:00');
      await page.getByLabel('结束时间').fill('2098-01-15T18:00');
      await page.getByLabel('报名开放').fill('2026-01-01T00:00');
      await page.getByLabel('报名截止').fill('2098-01-10T00:00');
      await page.getByRole('button', { name: '新建', exact: true }).click();
      await page.getByRole('alert').waitFor();
      expect(await page.locator('.field-fault:not(:empty)').count()).toBeGreaterThan(0);
      expect(await axeViolations(page)).toEqual([]);
      await page.getByLabel('结束时间').fill('2098-01-16T18:00');
      await page.getByRole('button', { name: '新建', exact: true }).click();
      await page.getByRole('button', { name: '发布', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: '发布' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: '发布' }).waitFor({ state: 'detached' });
      const tours = (await must(scenario.organizer.get('/v1/tours'))).items;
      const [stop] = (await must(scenario.organizer.get(`/v1/tours/${tours.at(-1).id}/stops`))).items;
      expect(stop).toMatchObject({ status: 'published', startsAt: '2098-01-16T01:00:00Z' });
    });
  }, 120_000);

  it('reviews proposals by keys alone', async () => {
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      await page.goto(`${scenario.url}/console/stops/${stopId}/reviews`);
      await page.getByRole('heading', { name: '待评审 2 场' }).waitFor();
      await page.keyboard.press('4');
      await page.getByText('您评了 4 分 · 平均 4 分（1 人）').waitFor();
      await page.keyboard.press('a');
      await page.getByRole('heading', { name: '待评审 1 场' }).waitFor();
    });
  }, 120_000);

  it.each(sizes)(
    'has screens that axe and the width of the window allow: %s',
    async (size) => {
      await inNewBrowser({ viewport: widths[size] }, async ({ page }) => {
        await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
        for (const path of [
          '',
          '/companies',
          `/stops/${stopId}/registrations`,
          `/stops/${stopId}/sessions`,
          `/stops/${stopId}/reviews`,
          `/stops/${stopId}/releases`,
        ]) {
          await page.goto(`${scenario.url}/console${path}`);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await page.waitForLoadState('networkidle');
          expect([path, await axeViolations(page)]).toEqual([path, []]);
          expect([path, Math.max(0, await overflow(page))]).toEqual([path, 0]);
        }
      });
    },
    120_000,
  );
});
