import { beforeAll, expect, it } from '@jest/globals';
import { must } from '../support/client.js';
import { axeViolations, describeInBrowser, inNewBrowser, overflow, sizes, widths } from './browser.js';
import { RegisterPage } from './page-models/register.page.js';
import { SignInPage } from './page-models/sign-in.page.js';
import { SignUpPage } from './page-models/sign-up.page.js';
import { aNewCompany, preparePublicTour, type Scenario } from './scenario.js';

let scenario: Scenario;

/** Forty people as a sheet has them; six cells are wrong. */
function fortyRows(): string {
  const rows = Array.from({ length: 40 }, (_, at) => [
    at === 4 ? '' : `参会人 ${at + 1}`,
    at === 9 ? 'p9@' : at === 14 ? 'p0@example.com' : at === 19 ? '' : `p${at}@example.com`,
    at === 24 ? '138' : at === 29 ? '电话' : `138001380${String(at).padStart(2, '0')}`,
  ]);
  return [['姓名', '邮箱', '手机'], ...rows].map((cells) => cells.join('\t')).join('\r\n');
}

describeInBrowser('a company in a browser', () => {
  beforeAll(async () => {
    scenario = await preparePublicTour();
  });

  it.each(sizes)(
    'comes from the public page to its badge: %s',
    async (size) => {
      await inNewBrowser({ viewport: widths[size] }, async ({ page }) => {
        const look = async (screen: string) => {
          expect([screen, await axeViolations(page)]).toEqual([screen, []]);
          expect([screen, Math.max(0, await overflow(page))]).toEqual([screen, 0]);
        };
        await page.goto(`${scenario.url}/stops/${scenario.stopId}`);
        await page.getByRole('link', { name: '为贵公司报名' }).click();
        await page.getByRole('link', { name: '登记公司' }).waitFor();
        await look('sign-in');
        await page.getByRole('link', { name: '登记公司' }).click();
        const signUp = new SignUpPage(page);
        await signUp.fill(aNewCompany());
        await look('sign-up');
        await signUp.submit().click();
        await signUp.keepKey();
        await page.waitForURL('**/company');
        await page.goto(`${scenario.url}/company/stops/${scenario.stopId}/register`);
        const register = new RegisterPage(page);
        await register.cell(1, '姓名').fill('张三');
        await register.cell(1, '邮箱').fill('zhang@example.com');
        await look('register');
        await register.goOn();
        await register.submit();
        await register.seeRegistration();
        await look('registration');
        await page.getByRole('button', { name: '张三 的入场码' }).click();
        await page.getByRole('img', { name: '张三 的入场码' }).waitFor();
        await look('badge');
        expect(
          await page
            .getByRole('img')
            .evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
        ).toBeGreaterThan(100);
      });
    },
    120_000,
  );

  it('sees each fault of forty pasted rows at its cell, and loses nothing by a reload', async () => {
    const { apiKey } = await must(
      scenario.organizer.post('/v1/companies', {
        name: { zh: '粘贴企业' },
        uscc: aNewCompany().uscc,
        contact: { name: '示例甲', email: 'paste@example.com' },
      }),
    );
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      const path = `/company/stops/${scenario.stopId}/register`;
      await new SignInPage(page, scenario.url).withKey(apiKey, path);
      const register = new RegisterPage(page);
      await register.paste(fortyRows());
      await register.goOn();
      expect(await register.faults().count()).toBe(6);
      expect(await register.cell(10, '邮箱').getAttribute('aria-invalid')).toBe('true');
      expect(await register.cell(25, '手机').getAttribute('aria-invalid')).toBe('true');
      await page.reload();
      expect(await register.cell(40, '姓名').inputValue()).toBe('参会人 40');
    });
  });
});
