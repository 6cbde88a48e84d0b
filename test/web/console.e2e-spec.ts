import { beforeAll, expect, it } from '@jest/globals';
import { delegates, must, signUpCompany } from '../support/client.js';
import { describeInBrowser, inNewBrowser, widths } from './browser.js';
import { lookAt, openScreen } from './look.js';
import { AgendaPage } from './page-models/agenda.page.js';
import { LedgerPage } from './page-models/ledger.page.js';
import { SignInPage } from './page-models/sign-in.page.js';
import { StopPage } from './page-models/stop.page.js';
import { preparePublicTour, type Scenario } from './scenario.js';

let scenario: Scenario;
let companyKey: string;

beforeAll(async () => {
  scenario = await preparePublicTour();
  const { api } = await signUpCompany(scenario.organizer);
  await must(api.post(`/v1/stops/${scenario.stopId}/registrations`, { delegates: delegates(2) }));
  companyKey = api.apiKey ?? '';
});

// Every screen in both languages and widths is looked at in the *.soak.ts beside.
describeInBrowser('the console and the desk in a browser', () => {
  it('edit a stop on a phone: a fault at its field, and nothing lost by a reload', async () => {
    await inNewBrowser({ viewport: widths.phone }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      const stop = new StopPage(page, scenario.url);
      await stop.open(scenario.stopId, '/edit');
      await stop.field('参会席位').fill('很多');
      await stop.press('保存');
      await stop.says('应为 1 至 100000 的整数');
      await lookAt(page, 'edit a stop');
      await stop.field('参会席位').fill('12');
      await page.reload();
      expect(await stop.field('参会席位').inputValue()).toBe('12');
      await stop.press('保存');
      await stop.says('已保存。');
      expect(await must(scenario.organizer.get(`/v1/stops/${scenario.stopId}`))).toMatchObject({
        capacity: 12,
      });
      await openScreen(page, `${scenario.url}/console/stops/${scenario.stopId}`);
      await lookAt(page, 'overview of a stop');
    });
  });

  it('announce a batch of members on a phone, and its page shows the numbers', async () => {
    await inNewBrowser({ viewport: widths.phone }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      const ledger = new LedgerPage(page, scenario.url);
      await ledger.open(scenario.stopId, 'members');
      await ledger.makeBatch(`E2E ${scenario.stopId}`, ['示例甲', '示例乙']);
      await ledger.pressSurely('发布 数据标注产业联盟', '发布');
      await ledger.says('No. 1–2');
      await lookAt(page, 'members of an alliance');
      await openScreen(page, `${scenario.url}/console/stops/${scenario.stopId}/outcomes`);
      await lookAt(page, 'outcomes of a stop');
    });
    const { items } = await must(scenario.organizer.get(`/v1/tours/${scenario.tourId}/membership-batches`));
    expect(items).toMatchObject([{ state: 'announced', members: [{ number: 1 }, { number: 2 }] }]);
  });

  it('sign a company’s people up for a session', async () => {
    await inNewBrowser({ viewport: widths.phone }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(companyKey);
      const agenda = new AgendaPage(page, scenario.url);
      await agenda.open(scenario.stopId);
      await agenda.choose('第 1 场分享');
      await agenda.person('示例代表 1').check();
      await agenda.save();
      await page.getByText('参加：示例代表 1').waitFor();
      await lookAt(page, 'agenda');
    });
  });
});
