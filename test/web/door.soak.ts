import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { soon } from '#service/testing/patience';
import { must } from '../support/client.js';
import { describeInBrowser, inNewBrowser, widths } from './browser.js';
import {
  atDoor,
  guestOf,
  prepareDoor,
  strangersBadge,
  type DoorScenario,
  type Guest,
} from './door-scenario.js';
import { lookAtDoor } from './look-at-door.js';
import { DoorPage } from './page-models/door.page.js';

let scenario: DoorScenario;
const guest = (at: number): Guest => guestOf(scenario, at);

type Step = readonly [title: string, act: (door: DoorPage) => Promise<void>];

/** One guest comes by mistake and is taken back, another comes to stay; the phone is picked up anew in between. */
const steps: readonly Step[] = [
  ['scan the first', (door) => scanned(door, guest(0))],
  ['reload', reload],
  ['take the first back', takeBack],
  ['scan the second', (door) => scanned(door, guest(1))],
  ['reload again', reload],
];

async function scanned(door: DoorPage, { badge, name }: Guest): Promise<void> {
  await door.enter(badge);
  await door.page.locator('[data-colour="green"]').getByText(name).waitFor();
}

async function reload(door: DoorPage): Promise<void> {
  await door.page.reload();
  await door.roster().waitFor();
}

async function takeBack(door: DoorPage): Promise<void> {
  await door.page.getByRole('button', { name: `撤回 ${guest(0).name}` }).click();
  await door.verdict('purple');
}

/** Lost before one step, and back before a later one or at the end. */
const cuts = steps.flatMap((_, lost) =>
  Array.from({ length: steps.length - lost }, (__, at) => [lost, lost + at + 1] as const),
);

/** Tones in hertz, vibrations in milliseconds. */
interface Told {
  readonly tones: readonly number[];
  readonly vibrations: readonly (readonly number[])[];
}

const signals = {
  green: { tones: [1_320], vibrations: [[60]] },
  orange: { tones: [880, 880], vibrations: [[60, 60, 60]] },
  red: { tones: [220], vibrations: [[400]] },
} as const satisfies Record<string, Told>;

/** Runs in the page, where nobody hears or feels what it tells. */
const noteWhatIsTold = `
  window.told = { tones: [], vibrations: [] };
  navigator.vibrate = (pattern) => window.told.vibrations.push(pattern) > 0;
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (at) {
    window.told.tones.push(this.frequency.value);
    return start.call(this, at);
  };
`;
const toldBy = (page: Page): Promise<Told> => page.evaluate('window.told');

/** The end of what was told, as long as this signal. */
async function toldLast(page: Page, { tones, vibrations }: Told): Promise<Told> {
  const told = await toldBy(page);
  return { tones: told.tones.slice(-tones.length), vibrations: told.vibrations.slice(-vibrations.length) };
}

const forgetWhatWasTold = (page: Page): Promise<unknown> =>
  page.evaluate('window.told = { tones: [], vibrations: [] }');

describeInBrowser('a door that loses its network', () => {
  beforeAll(async () => {
    scenario = await prepareDoor(13);
  }, 120_000);

  it('ends with the same people inside, whenever the network goes and comes back', async () => {
    await atDoor(scenario, { viewport: widths.phone }, async (door) => {
      await door.join(await scenario.pass());
      await door.readyForOffline();
      for (const [lost, back] of cuts) {
        for (const { id } of scenario.guests.slice(0, 2))
          await must(scenario.organizer.delete(`/v1/stops/${scenario.stopId}/check-ins/${id}`));
        await listed(door, 0);
        for (const [at, [, act]] of steps.entries()) {
          if (at === lost) await door.loseNetwork();
          if (at === back) await door.restoreNetwork();
          await act(door);
        }
        await door.restoreNetwork();
        await door.waiting(0).waitFor();
        expect([lost, back, await scenario.checkedIn()]).toEqual([lost, back, [guest(1).name]]);
        expect(await door.toLookAt().count()).toBe(0);
      }
    });
  }, 600_000);

  it('shows each verdict in English on a desk, too', () => lookAtDoor(scenario, 'desk', '/en', 8), 120_000);

  it('tells each colour by a tone and a vibration of its own, until both are off', async () => {
    await inNewBrowser({ viewport: widths.phone }, async ({ page }) => {
      await page.addInitScript(noteWhatIsTold);
      const door = new DoorPage(page);
      await door.join(await scenario.pass());
      const { badge, name } = guest(12);
      const entered: readonly [text: string, colour: keyof typeof signals][] = [
        [badge, 'green'],
        [name, 'orange'],
        [strangersBadge, 'red'],
      ];
      for (const [text, colour] of entered) {
        await door.enter(text);
        await door.verdict(colour);
        // A stranger's badge is not on the list at first, and not valid once the API has said so.
        await soon(async () => expect(await toldLast(page, signals[colour])).toEqual(signals[colour]));
        await door.waiting(0).waitFor();
        await forgetWhatWasTold(page);
      }
      await page.getByText('设置').click();
      await page.getByLabel('声音').uncheck();
      await page.getByLabel('振动').uncheck();
      await page.getByRole('button', { name: `撤回 ${name}` }).click();
      await door.verdict('purple');
      await door.waiting(0).waitFor();
      expect(await toldBy(page)).toEqual({ tones: [], vibrations: [] });
    });
  }, 120_000);

  it('says so when two doors without a network let the same badge in', async () => {
    await atDoor(scenario, {}, async (first) => {
      await atDoor(scenario, {}, async (second) => {
        for (const door of [first, second]) {
          await door.join(await scenario.pass());
          await door.loseNetwork();
          await scanned(door, guest(7));
        }
        for (const door of [first, second]) {
          await door.restoreNetwork();
          await door.waiting(0).waitFor();
        }
        expect(await second.toLookAt().innerText()).toContain(guest(7).name);
        await second.page.getByRole('button', { name: '已处理' }).click();
        await second.toLookAt().waitFor({ state: 'detached' });
      });
    });
  }, 120_000);

  it('has one effect when an answer is lost after the API acted', async () => {
    await inNewBrowser({ serviceWorkers: 'block' }, async ({ page }) => {
      const door = new DoorPage(page);
      await door.join(await scenario.pass());
      let lost = 0;
      await page.route('**/check-ins', async (route) => {
        if (lost++ > 0) return route.continue();
        await route.fetch();
        return route.abort();
      });
      await scanned(door, guest(2));
      await door.confirmation('confirmed').waitFor();
      expect(lost).toBeGreaterThan(1);
      expect(await door.toLookAt().count()).toBe(0);
    });
  }, 120_000);

  it('tells the right time from a phone whose clock is ten minutes ahead', async () => {
    await inNewBrowser({}, async ({ page }) => {
      await page.addInitScript('const now = Date.now.bind(Date); Date.now = () => now() + 600_000;');
      const door = new DoorPage(page);
      await door.join(await scenario.pass());
      const before = Date.now();
      await scanned(door, guest(3));
      await door.confirmation('confirmed').waitFor();
      const { items } = await must(
        scenario.organizer.get(`/v1/stops/${scenario.stopId}/door-list?limit=200`),
      );
      const { checkedInAt } = (items as { name: string; checkedInAt: string }[]).find(
        ({ name }) => name === guest(3).name,
      ) ?? { checkedInAt: '' };
      expect(Math.abs(Date.parse(checkedInAt) - before)).toBeLessThan(60_000);
    });
  }, 120_000);

  it('keeps its scans when the pass is taken back, forgets the names, and sends them after joining again', async () => {
    await atDoor(scenario, {}, async (door) => {
      const { page } = door;
      await door.join(await scenario.pass());
      await door.loseNetwork();
      await scanned(door, guest(4));
      const passes = `/v1/stops/${scenario.stopId}/door-passes`;
      const { items } = await must(scenario.organizer.get(`${passes}?limit=200`));
      for (const { id } of items as { id: string }[])
        await must(scenario.organizer.delete(`${passes}/${id}`));
      // Every gateway has heard of it within a second.
      const asked = () => page.context().request.get(`${scenario.url}/v1/me`);
      while ((await asked()).status() !== 401);
      await door.restoreNetwork();
      await page.getByRole('link', { name: '重新加入' }).waitFor();
      expect(await page.getByText(guest(5).name).count()).toBe(0);
      expect(await scenario.checkedIn()).not.toContain(guest(4).name);
      await door.join(await scenario.pass());
      await door.waiting(0).waitFor();
      expect(await scenario.checkedIn()).toContain(guest(4).name);
    });
  }, 120_000);

  it('opens within a second and shows a colour within 300 ms without a network', async () => {
    await atDoor(scenario, { viewport: widths.phone }, async (door) => {
      await door.join(await scenario.pass());
      await door.readyForOffline();
      await door.loseNetwork();
      // The first visit after the worker took over fills the browser's own caches.
      await reload(door);
      const openedMs = await timed(() => reload(door));
      const colourMs = await timed(() => scanned(door, guest(6)));
      console.log(`door: offline start ${openedMs} ms, colour ${colourMs} ms`);
      expect(openedMs).toBeLessThan(1_000);
      expect(colourMs).toBeLessThan(300);
    });
  }, 120_000);
});

async function timed(act: () => Promise<void>): Promise<number> {
  const begunMs = performance.now();
  await act();
  return Math.round(performance.now() - begunMs);
}

/** Until the phone has heard how many are inside. */
async function listed(door: DoorPage, inside: number): Promise<void> {
  const others = (await scenario.checkedIn()).length - inside;
  await door.page.getByText(`已入场 ${inside + others}`).waitFor();
}
