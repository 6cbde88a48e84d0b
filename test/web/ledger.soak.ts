import { beforeAll, expect, it } from '@jest/globals';
import { soon } from '#service/testing/patience';
import { ApiClient, must } from '../support/client.js';
import { playStop, type ClosedLoop } from '../support/closed-loop.js';
import { sharedSystem } from '../support/shared-system.js';
import { describeInBrowser, inNewBrowser, sizes, widths } from './browser.js';
import { lookAt, openScreen } from './look.js';
import { LedgerPage } from './page-models/ledger.page.js';
import { SignInPage } from './page-models/sign-in.page.js';

let url: string;
let organizerKey: string;
let organizer: ApiClient;
let loop: ClosedLoop;
let stopId: string;
let firstCompany: string;

beforeAll(async () => {
  ({ url, organizerKey } = await sharedSystem());
  organizer = new ApiClient(url, organizerKey);
  loop = await playStop(organizer);
  [stopId] = loop.stopIds;
  const [company] = loop.companies;
  firstCompany = (await must(company?.api.get('/v1/companies/me') ?? Promise.reject(new Error()))).name.zh;
}, 240_000);

/** Asks as anybody does. */
const verified = async (code: string) =>
  (await new ApiClient(url).get(`/v1/verify/${encodeURIComponent(code)}`)).body;

describeInBrowser('the ledger in the console', () => {
  const asOrganizer = (use: (ledger: LedgerPage) => Promise<void>) =>
    inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      await new SignInPage(page, url).withKey(organizerKey);
      await use(new LedgerPage(page, url));
    });

  it('announces a batch of members, and corrects one of them in the next', async () => {
    const series = `SOAK ${stopId}`;
    await asOrganizer(async (ledger) => {
      await ledger.open(stopId, 'members');
      await ledger.makeBatch(series, ['示例甲', '示例乙']);
      await ledger.field('成员').selectOption('company');
      await ledger.field('搜索企业').fill(firstCompany);
      await ledger.field(firstCompany).check();
      await ledger.field('类别').fill('理事单位');
      await ledger.press('添加');
      await ledger.row(firstCompany).waitFor();
      await ledger.pressSurely('删除 示例乙', '删除');
      await ledger.row('示例乙').waitFor({ state: 'detached' });
      await ledger.pressSurely('发布 数据标注产业联盟', '发布');
      await ledger.press('更正 示例甲');
      await ledger.fieldOfDialog('名称（中文）').fill('示例甲（更名）');
      await ledger.answer('更正');
      await ledger.row('示例甲（更名）').waitFor();
      await ledger.pressSurely('发布 数据标注产业联盟', '发布');
      await ledger.says('更正 1 号');
    });
    const { items } = await must(organizer.get(`/v1/tours/${loop.tourId}/membership-batches`));
    const members = items.flatMap((one: { members: object[] }) => one.members);
    expect(members).toMatchObject([
      { number: 1, name: { zh: '示例甲' } },
      { number: 2, name: { zh: firstCompany } },
      { number: 3, name: { zh: '示例甲（更名）' } },
    ]);
    expect(await verified(members[0].code)).toMatchObject({
      status: 'replaced',
      replacedBy: members[2].code,
    });
  }, 240_000);

  it('takes a case from its nomination to the announcement', async () => {
    await asOrganizer(async (ledger) => {
      await ledger.open(stopId, 'cases');
      await ledger.unfold('提名案例');
      await ledger.press('提名');
      await ledger.says('必填');
      await ledger.field('标题（中文）').fill('方言语音助手');
      await ledger.field('领域').fill('医疗健康');
      await ledger.field(firstCompany).check();
      await ledger.field('简介（中文）').fill('用川渝方言与老年患者交谈。');
      await ledger.press('提名');
      await ledger.press('评分 方言语音助手');
      await ledger.fieldOfDialog('评分').selectOption('4');
      await ledger.answer('保存');
      await ledger.says('平均 4.0 分（1 人）');
      await ledger.press('评分 方言语音助手');
      await ledger.fieldOfDialog('评分').selectOption('conflict');
      await ledger.answer('保存');
      await ledger.says('还没有评分 · 1 人回避');
      await ledger.pressSurely('入选 方言语音助手', '入选');
      await ledger.press('修改 方言语音助手');
      await ledger.fieldOfDialog('领域').fill('医疗');
      await ledger.answer('保存');
      await ledger.pressSurely('发布 方言语音助手', '发布');
      await ledger.press('更正 方言语音助手');
      await ledger.fieldOfDialog('标题（中文）').fill('方言语音助手（更正）');
      await ledger.answer('更正');
      await ledger.card('方言语音助手（更正）').waitFor();
    });
    const { items } = await must(organizer.get(`/v1/tours/${loop.tourId}/cases`));
    expect(items).toMatchObject([
      { state: 'announced', field: '医疗', title: { zh: '方言语音助手' } },
      { state: 'nominated', corrects: items[0].id },
    ]);
  }, 240_000);

  it('announces a paper, and its new edition', async () => {
    await asOrganizer(async (ledger) => {
      await ledger.open(stopId, 'papers');
      await ledger.unfold('添加出版物');
      await ledger.field('标题（中文）').fill('数据标注白皮书');
      await ledger.field('发布单位').fill('示例研究院\n示例协会');
      await ledger.field('版本').fill('1.0');
      await ledger.press('添加');
      await ledger.pressSurely('发布 数据标注白皮书 1.0', '发布');
      await ledger.press('新版本 数据标注白皮书 1.0');
      await ledger.fieldOfDialog('版本').fill('2.0');
      await ledger.answer('新版本');
      await ledger.pressSurely('发布 数据标注白皮书 2.0', '发布');
      await ledger.press('新版本 数据标注白皮书 2.0');
    });
    const { items } = await must(organizer.get(`/v1/tours/${loop.tourId}/papers`));
    expect(items).toMatchObject([
      { edition: '1.0', issuers: ['示例研究院', '示例协会'] },
      { edition: '2.0', corrects: items[0].id, state: 'announced' },
    ]);
  }, 240_000);

  it('issues certificates, revokes one and replaces another', async () => {
    await asOrganizer(async (ledger) => {
      await ledger.open(stopId, 'certificates');
      await ledger.press('发放缺少的证书');
      await ledger.says('已发放 6 份证书');
      await ledger.press('更换 示例讲者');
      await ledger.answer('更换');
      await ledger.says('已更换');
      await ledger.press('撤销 示例讲者');
      await ledger.fieldOfDialog('原因').fill('没有演讲');
      await ledger.answer('撤销');
      await ledger.says('没有演讲');
    });
    const { items } = await must(organizer.get(`/v1/stops/${stopId}/certificates`));
    const spoken = items.filter(({ kind }: { kind: string }) => kind === 'speaking');
    expect(spoken.map(({ status }: { status: string }) => status)).toEqual(['replaced', 'revoked']);
  }, 240_000);

  it.each(sizes.flatMap((size) => ['', '/en'].map((language) => [size, language] as const)))(
    'has screens that axe and the width of the window allow: %s %s',
    async (size, language) => {
      await inNewBrowser({ viewport: widths[size] }, async ({ page, complaints }) => {
        await new SignInPage(page, url).withKey(organizerKey);
        complaints.length = 0;
        const name = (screen: string) => `outcomes ${screen} ${size} ${language}`;
        for (const screen of ['', '/members', '/cases', '/papers', '/certificates']) {
          await openScreen(page, `${url}${language}/console/stops/${stopId}/outcomes${screen}`);
          await lookAt(page, name(screen));
          const forms = page.locator('details.panel > summary');
          if ((await forms.count()) === 0) continue;
          for (const summary of await forms.all()) await summary.click();
          await lookAt(page, name(`${screen} forms`));
        }
        const { items } = await must(organizer.get(`/v1/tours/${loop.tourId}/membership-batches`));
        for (const path of [
          `/stops/${stopId}/results`,
          `/tours/${loop.tourId}/results`,
          `/verify/${items[0].members[0].code}`,
          '/verify/AAAAA',
        ]) {
          await page.goto(`${url}${language}${path}`);
          await lookAt(page, name(`public ${path.replace(/[0-9a-f-]{36}/, 'X').slice(0, 20)}`));
        }
        expect(complaints).toEqual([]);
      });
    },
    240_000,
  );

  it.each(sizes)(
    'shows a company its follow-ups: %s',
    async (size) => {
      const [meeting] = loop.meetings;
      if (meeting === undefined) throw new Error('There is no meeting.');
      const { id: meetingId, asker, asked } = meeting;
      const { id } = await must(
        asker.api.post('/v1/follow-ups', { meetingId, stopId, subject: `方言语料试用 ${size}` }),
      );
      const step = { stage: 'trial', note: '先试用三个月', amount: 120_000 };
      await must(asker.api.post(`/v1/follow-ups/${id}/steps`, step));
      await inNewBrowser({ viewport: widths[size] }, async ({ page }) => {
        await new SignInPage(page, url).withKey(asked.api.apiKey ?? '');
        for (const language of ['', '/en']) {
          await openScreen(page, `${url}${language}/company/follow-ups`);
          await lookAt(page, `company follow-ups ${size} ${language}`);
          await openScreen(page, `${url}${language}/company/certificates`);
          await page.getByRole('link', { name: 'PDF 示例代表 1' }).waitFor();
          await lookAt(page, `company certificates ${size} ${language}`);
        }
        await openScreen(page, `${url}/company/follow-ups`);
        await page.getByRole('button', { name: `确认 方言语料试用 ${size}`, exact: true }).click();
        await soon(async () =>
          expect(await must(asker.api.get(`/v1/follow-ups/${id}`))).toMatchObject({ stage: 'trial' }),
        );
      });
    },
    240_000,
  );
});
