import { expect } from '@jest/globals';
import { axeViolations, inNewBrowser, overflow, widths, type Width } from './browser.js';
import { guestOf, strangersBadge, type DoorScenario } from './door-scenario.js';
import { DoorPage } from './page-models/door.page.js';

/** Each state of the door, as axe, the console and the width of the window see it. @param first of two guests */
export async function lookAtDoor(
  scenario: DoorScenario,
  size: Width,
  language: '' | '/en',
  first: number,
): Promise<void> {
  const [one, other] = [guestOf(scenario, first), guestOf(scenario, first + 1)];
  await inNewBrowser({ viewport: widths[size] }, async ({ page, complaints }) => {
    const door = new DoorPage(page);
    const look = async (screen: string) => {
      expect([screen, await axeViolations(page)]).toEqual([screen, []]);
      expect([screen, Math.max(0, await overflow(page))]).toEqual([screen, 0]);
    };
    const pass = (await scenario.pass()).replace('/door/', `${language}/door/`);
    await page.goto(pass);
    await page.getByRole('button', { name: /加入|Join/ }).waitFor();
    await look('join');
    await door.join(pass);
    await door.enter(one.badge);
    expect(await door.verdict('green')).toContain(one.name);
    await door.confirmation('confirmed').waitFor();
    await look('green');
    await door.enter(one.name);
    expect(await door.verdict('orange')).toContain(one.name);
    await look('orange');
    await door.enter(strangersBadge);
    await door.verdict('red');
    await look('red');
    await door.field().fill('宾客');
    await page.getByRole('option').first().waitFor();
    await look('found');
    await door.field().fill('');
    await page.getByText(/设置|Settings/).click();
    await page.getByLabel(/标准|Standard/).check();
    await door.enter(other.badge);
    await page.getByRole('button', { name: /让他入场|Let in/ }).waitFor();
    await look('question');
    expect(await scenario.checkedIn()).not.toContain(other.name);
    await page.keyboard.press('Enter');
    expect(await door.verdict('green')).toContain(other.name);
    await door.waiting(0).waitFor();
    expect(await scenario.checkedIn()).toContain(other.name);
    await page.getByRole('button', { name: new RegExp(`(撤回|Take back) ${other.name}`) }).click();
    await door.verdict('purple');
    await look('taken back');
    await door.waiting(0).waitFor();
    expect(await scenario.checkedIn()).not.toContain(other.name);
    // Chromium itself tells the console of each answer that is no success, such as that about a stranger's badge.
    expect(complaints.filter((complaint) => !complaint.includes('404'))).toEqual([]);
  });
}
