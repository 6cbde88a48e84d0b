import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { soon } from '#service/testing/patience';
import type { MailWorld } from './mail-world.js';

/** Waits for news to be taken down, lets them be due, and waits for subjects at an address. */
export async function arriveAt(world: MailWorld, email: string, subjects: unknown[]): Promise<void> {
  await soon(async () => {
    await world.hurry();
    expect(world.subjectsTo(email)).toEqual(subjects);
  });
}

/** Long enough for a mail that must not come, everything being due. */
export async function quietFor(world: MailWorld): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await pause(400);
    await world.hurry();
  }
}
