import { randomUUID } from 'node:crypto';
import type { BrowserContextOptions } from 'playwright-core';
import { ApiClient, inDays, must, publishedStop, signUpCompany } from '../support/client.js';
import { sharedSystem } from '../support/shared-system.js';
import { inNewBrowser } from './browser.js';
import { Network } from './network.js';
import { DoorPage } from './page-models/door.page.js';

export interface Guest {
  readonly id: string;
  readonly name: string;
  readonly badge: string;
}

/** A stop that begins within the hour, with confirmed guests of one company. */
export interface DoorScenario {
  readonly url: string;
  readonly organizer: ApiClient;
  readonly stopId: string;
  readonly company: ApiClient;
  readonly registrationId: string;
  readonly guests: readonly Guest[];
  /** The address of a new door pass. */
  readonly pass: () => Promise<string>;
  /** Who is in, by the API. */
  readonly checkedIn: () => Promise<readonly string[]>;
}

/** Of the right form, and nobody's. */
export const strangersBadge = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function guestOf({ guests }: DoorScenario, at: number): Guest {
  const found = guests[at];
  if (found === undefined) throw new Error(`There is no guest ${at}.`);
  return found;
}

const marks = [...'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥'];

/** Names that no other guest's name contains. */
function guestsNamed(count: number): { name: string; email: string }[] {
  return marks.slice(0, count).map((mark, at) => ({
    name: `宾客${mark}`,
    email: `guest-${at}-${randomUUID().slice(0, 8)}@example.com`,
  }));
}

/** A door of its own browser, whose network can be cut. */
export async function atDoor(
  { url }: DoorScenario,
  options: BrowserContextOptions,
  use: (door: DoorPage) => Promise<void>,
): Promise<void> {
  const network = await Network.start(url);
  try {
    await inNewBrowser(options, ({ page }) => use(new DoorPage(page, network)));
  } finally {
    network.stop();
  }
}

export async function prepareDoor(count: number): Promise<DoorScenario> {
  const { url, organizerKey } = await sharedSystem();
  const organizer = new ApiClient(url, organizerKey);
  const stop = await publishedStop(organizer, {
    startsAt: inDays(0, 1),
    endsAt: inDays(0, 10),
    capacity: 100,
    maxDelegatesPerCompany: 100,
    // Open whatever the clock strikes before the guests are registered.
    registration: { closesAt: inDays(0, 9) },
  });
  const { api: company } = await signUpCompany(new ApiClient(url));
  const registration = await must(
    company.post(`/v1/stops/${stop.id}/registrations`, { delegates: guestsNamed(count) }),
  );
  const passes = `/v1/stops/${stop.id}/door-passes`;
  return {
    url,
    organizer,
    stopId: stop.id,
    company,
    registrationId: registration.id,
    guests: registration.delegates,
    pass: async () => (await must(organizer.post(passes, { label: '门口' }))).url as string,
    checkedIn: async () => {
      const { items } = await must(organizer.get(`/v1/stops/${stop.id}/door-list?limit=200`));
      return (items as readonly { name: string; checkedInAt: string | null }[])
        .filter(({ checkedInAt }) => checkedInAt !== null)
        .map(({ name }) => name);
    },
  };
}
