import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { axeViolations, describeInBrowser, inNewBrowser, widths } from './browser.js';
import { atDoor, guestOf, prepareDoor, strangersBadge, type DoorScenario } from './door-scenario.js';
import { removeCameraFile, showToCamera } from './fake-camera.js';
import { lookAtDoor } from './look-at-door.js';
import { DoorPage } from './page-models/door.page.js';

let scenario: DoorScenario;
const guest = (at: number) => guestOf(scenario, at);

describeInBrowser('a door in a browser', () => {
  beforeAll(async () => {
    scenario = await prepareDoor(12);
  });
  afterAll(removeCameraFile);

  it('joins by a pass and shows each verdict', () => lookAtDoor(scenario, 'phone', '', 0), 120_000);

  it('works without a network, through a reload, and tells the API when it is back', async () => {
    await atDoor(scenario, { viewport: widths.phone }, async (door) => {
      await door.join(await scenario.pass());
      await door.readyForOffline();
      await door.loseNetwork();
      await door.page.reload();
      await door.network('offline').waitFor();
      await door.enter(guest(6).badge);
      expect(await door.verdict('green')).toContain('等待确认');
      await door.enter(strangersBadge);
      expect(await door.verdict('purple')).toContain('请到服务台');
      await door.page.reload();
      await door.waiting(2).waitFor();
      await door.enter(guest(6).name);
      expect(await door.verdict('orange')).toContain(guest(6).name);
      expect(await scenario.checkedIn()).not.toContain(guest(6).name);
      await door.restoreNetwork();
      await door.waiting(0).waitFor();
      expect(await scenario.checkedIn()).toContain(guest(6).name);
    });
  });

  it('scans by camera, and by a USB scanner wherever the focus is', async () => {
    await inNewBrowser({ viewport: widths.phone }, async ({ page, complaints }) => {
      await showToCamera(guest(8).badge);
      const door = new DoorPage(page);
      await door.join(await scenario.pass());
      await page.getByRole('button', { name: '打开相机' }).click();
      expect(await door.verdict('green')).toContain(guest(8).name);
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: '关闭相机' }).click();
      // All at once: a scanner does not wait for the browser between two keys.
      await Promise.all([...guest(9).badge, 'Enter'].map((key) => page.keyboard.press(key)));
      await page.locator('[data-colour="green"]').getByText(guest(9).name).waitFor();
      await door.waiting(0).waitFor();
      expect(complaints).toEqual([]);
    });
  });
});
