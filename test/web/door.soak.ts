import { beforeAll, expect, it } from '@jest/globals';
import { must } from '../support/client.js';
import { describeInBrowser, inNewBrowser, widths } from './browser.js';
import { guestOf, prepareDoor, type DoorScenario, type Guest } from './door-scenario.js';
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

describeInBrowser('a door that loses its network', () => {
  beforeAll(async () => {
    scenario = await prepareDoor(12);
  }, 120_000);

  it('ends with the same people inside, whenever the network goes and comes back', async () => {
    await inNewBrowser({ viewport: widths.phone }, async ({ page }) => {
      const door = new DoorPage(page);
      await door.join(await scenario.pass());
      await door.readyForOffline();
      for (const [lost, back] of cuts) {
        for (const { id } of scenario.guests.slice(0, 2))
          await must(scenario.organizer.delete(`/v1/stops/${scenario.stopId}/check-ins/${id}`));
        await listed(door, 0);
        for (const [at, [, act]] of steps.entries()) {
          if (at === lost) await page.context().setOffline(true);
          if (at === back) await page.context().setOffline(false);
          await act(door);
        }
        await page.context().setOffline(false);
        await door.waiting(0).waitFor();
        expect([lost, back, await scenario.checkedIn()]).toEqual([lost, back, [guest(1).name]]);
        expect(await door.toLookAt().count()).toBe(0);
      }
    });
  }, 600_000);

  it('shows each verdict in English on a desk, too', () => lookAtDoor(scenario, 'desk', '/en', 8), 120_000);

  it('says so when two doors without a network let the same badge in', async () => {
    await inNewBrowser({}, async (first) => {
      await inNewBrowser({}, async (second) => {
        const doors = [new DoorPage(first.page), new DoorPage(second.page)] as const;
        for (const door of doors) {
          await door.join(await scenario.pass());
          await door.page.context().setOffline(true);
          await door.enter(guest(7).badge);
          await door.verdict('green');
        }
        for (const door of doors) {
          await door.page.context().setOffline(false);
          await door.waiting(0).waitFor();
        }
        expect(await doors[1].toLookAt().innerText()).toContain(guest(7).name);
        await doors[1].page.getByRole('button', { name: '已处理' }).click();
        await doors[1].toLookAt().waitFor({ state: 'detached' });
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
    await inNewBrowser({}, async ({ page }) => {
      const door = new DoorPage(page);
      await door.join(await scenario.pass());
      await page.context().setOffline(true);
      await scanned(door, guest(4));
      const passes = `/v1/stops/${scenario.stopId}/door-passes`;
      const { items } = await must(scenario.organizer.get(`${passes}?limit=200`));
      for (const { id } of items as { id: string }[])
        await must(scenario.organizer.delete(`${passes}/${id}`));
      await page.context().setOffline(false);
      await page.getByRole('link', { name: '重新加入' }).waitFor();
      expect(await page.getByText(guest(5).name).count()).toBe(0);
      expect(await scenario.checkedIn()).not.toContain(guest(4).name);
      await door.join(await scenario.pass());
      await door.waiting(0).waitFor();
      expect(await scenario.checkedIn()).toContain(guest(4).name);
    });
  }, 120_000);

  it('opens within a second and shows a colour within 300 ms without a network', async () => {
    await inNewBrowser({ viewport: widths.phone }, async ({ page }) => {
      const door = new DoorPage(page);
      await door.join(await scenario.pass());
      await door.readyForOffline();
      await page.context().setOffline(true);
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
