import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  ApiClient,
  delegates,
  inDays,
  must,
  publishedStop,
  signUpCompany,
  type SignedUp,
} from '../support/client.js';
import { sharedSystem } from '../support/shared-system.js';
import { axeViolations, describeInBrowser, inNewBrowser, overflow, widths } from './browser.js';
import { SignInPage } from './page-models/sign-in.page.js';

interface Market {
  readonly url: string;
  readonly tourId: string;
  readonly stopId: string;
  readonly seller: SignedUp;
  readonly buyer: SignedUp;
}

/** Two companies at one stop that takes requests for meetings; what they offer and need is still to be said. */
async function openMarket(): Promise<Market> {
  const { url, organizerKey } = await sharedSystem();
  const organizer = new ApiClient(url, organizerKey);
  const stop = await publishedStop(organizer);
  const [seller, buyer] = [await signUpCompany(organizer), await signUpCompany(organizer)];
  for (const { api } of [seller, buyer])
    await must(api.post(`/v1/stops/${stop.id}/registrations`, { delegates: delegates(2) }));
  const rules = {
    scheduling: 'organizer',
    slots: { from: stop.startsAt, to: stop.endsAt, minutes: 20 },
    tables: 2,
    opensAt: inDays(-1),
    closesAt: stop.startsAt,
  };
  await must(organizer.put(`/v1/stops/${stop.id}/meeting-rules`, rules));
  return { url, tourId: stop.tourId, stopId: stop.id, seller, buyer };
}

async function look(page: Page, screen: string): Promise<void> {
  expect([screen, await axeViolations(page)]).toEqual([screen, []]);
  expect([screen, Math.max(0, await overflow(page))]).toEqual([screen, 0]);
}

let market: Market;

describeInBrowser('companies that match', () => {
  beforeAll(async () => {
    market = await openMarket();
  }, 120_000);

  it('publish, find each other, ask and agree to meet', async () => {
    const { url, tourId, stopId, seller, buyer } = market;
    await must(
      seller.api.post(`/v1/tours/${tourId}/listings`, {
        side: 'offer',
        title: { zh: '方言语音数据集' },
        text: { zh: '五千小时川渝话录音' },
        concepts: ['kind.dataset', 'modality.speech', 'task.speech_recognition'],
        publish: true,
      }),
    );
    await inNewBrowser({ viewport: widths.phone }, async ({ page }) => {
      await new SignInPage(page, url).withKey(buyer.api.apiKey ?? '', '/company/matching');
      await page.getByRole('link', { name: '供需', exact: true }).click();
      await page.getByRole('heading', { name: '方言语音数据集' }).waitFor();
      await look(page, 'listings');
      await page.getByRole('link', { name: '发布供需' }).click();
      // The list that is left has a choice of the same name.
      await page.getByLabel('标题（中文）').waitFor();
      await page.getByLabel('类型').selectOption('need');
      await page.getByLabel('标题（中文）').fill('采购方言语音');
      await page.getByLabel('说明（中文）').fill('用于语音识别的数据集');
      await page.getByRole('button', { name: '从文字中识别' }).click();
      await page.getByRole('button', { name: '移除 语音识别' }).waitFor();
      await look(page, 'new listing');
      await page.getByRole('button', { name: '立即发布' }).click();
      await page.getByRole('heading', { name: '采购方言语音' }).waitFor();
      await look(page, 'own listing');
      await page.goto(`${url}/company/stops/${stopId}/partners`);
      await page.getByText('他们提供你们需要的').waitFor();
      await page.getByText('语音识别').first().waitFor();
      await look(page, 'partners');
      await page.getByRole('button', { name: /约见/ }).click();
      await page.getByLabel(/给对方的话/).fill('想了解授权方式');
      await look(page, 'ask');
      await page.getByRole('button', { name: '发出请求' }).click();
      await page.getByRole('link', { name: '我们的洽谈' }).last().waitFor();
      await page.goto(`${url}/company/stops/${stopId}/meetings`);
      await page.getByRole('heading', { name: /等待对方回复/ }).waitFor();
      await look(page, 'asked');
    });
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      await new SignInPage(page, url).withKey(seller.api.apiKey ?? '', `/company/stops/${stopId}/meetings`);
      await page.getByText('想了解授权方式').waitFor();
      await look(page, 'inbox');
      await page.getByRole('button', { name: /^接受/ }).click();
      await page.getByLabel('参加者同意').check();
      await look(page, 'accept');
      await page.getByRole('dialog').getByRole('button', { name: '接受' }).click();
      await page.getByRole('heading', { name: /已接受，等待排时间/ }).waitFor();
      await page.goto(`${url}/en/company/stops/${stopId}/meetings`);
      await page.getByRole('button', { name: /Show the contact/ }).click();
      await page.getByText('Once both sides have named somebody').waitFor();
      await look(page, 'contact');
    });
    const { items } = await must(buyer.api.get(`/v1/stops/${stopId}/meetings`));
    expect(items).toMatchObject([{ status: 'accepted', askedId: seller.id, askerId: buyer.id }]);
  }, 180_000);
});
