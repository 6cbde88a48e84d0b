import { beforeAll, describe, expect, it } from '@jest/globals';
import { ConsoleReport } from '../../../tools/demo/console-report.js';
import { runDemo } from '../../../tools/demo/demo.js';
import { readExample } from '../../../tools/demo/example.js';
import { PublicApi } from '../../../tools/demo/public-api.js';
import { showMails } from '../../../tools/demo/show-mails.js';
import { ApiClient, aStop, must } from '../../support/client.js';
import { eventually } from '../../support/npm-start.js';
import { sharedSystem, type SharedSystem } from '../../support/shared-system.js';

/** What the example makes the API refuse whenever it is replayed by somebody who has the companies' keys. */
const ALWAYS_REFUSED = [
  'auth.forbidden',
  'auth.required',
  'company.suspended',
  'company.uscc_taken',
  'registration.duplicate',
  'registration.too_many_delegates',
  'request.invalid',
  'session.outside_stop',
  'session.room_conflict',
  'session.speaker_conflict',
];

interface Played {
  readonly text: string;
  readonly refused: readonly string[];
}

describe('npm run demo', () => {
  let system: SharedSystem;
  let first: Played;
  let second: Played;

  const play = async (organizerKey: string): Promise<Played> => {
    const lines: string[] = [];
    const mails = { pageUrl: system.mailPageUrl, patienceMs: 0 };
    const { refusals } = await runDemo({ url: system.url, organizerKey }, (line) => lines.push(line), mails);
    return { text: lines.join('\n'), refused: refusals.map(({ refused }) => refused.code).sort() };
  };

  beforeAll(async () => {
    system = await sharedSystem();
    await makeNamesake(system);
    first = await play(system.organizerKey);
    second = await play(system.organizerKey);
  });

  it('makes everything the first time', () => {
    expect(first.text).not.toMatch(/(there|out|cancelled) already/);
    expect(first.text).toContain('POST /v1/stops/{id}/publish → 200');
    expect(first.text).toContain('release 1: 12 sessions added');
  });

  it('fills the stop to the last whole delegation and lets the rest wait in order', () => {
    expect(first.text).toContain('示例企业 092 / Example Company 092: 2 seats waitlisted, position 1');
    expect(first.text).toContain('so 示例企业 093 / Example Company 093 moves up: 1 seat confirmed');
    expect(first.text).toContain('capacity 220, confirmed 219, waiting 6, left 1');
  });

  it('has sixty companies publish, ask, and meet by a plan', () => {
    expect(first.text).toContain('60 offers and needs published');
    expect(first.text).toContain('90 meetings asked for and accepted');
    expect(first.text).toMatch(/planned: \d+ have a place, \d+ have none; worth \d+ of at most \d+/);
    expect(first.text).toMatch(/at table \d+: 示例企业 \d+ .* meets 示例企业 \d+/);
    expect(second.text).toContain('60 offers and needs published');
    expect(second.text).not.toContain('planned:');
  });

  it('finds everything the second time, and ends with the same tables', () => {
    expect(second.text).not.toMatch(/→ 201/);
    expect(second.text).toContain('100 companies are there already');
    expect(second.text).toContain('98 delegations are there already');
    expect(tablesOf(second.text)).toBe(tablesOf(first.text));
  });

  it('provokes each refusal anew in every run', () => {
    expect(first.refused).toEqual(ALWAYS_REFUSED);
    expect(second.refused).toEqual(ALWAYS_REFUSED);
  });

  it('shows the mails that went out, a line each, and where to read them', async () => {
    const id = /\/console\/stops\/([\w-]{36})\//.exec(second.text)?.[1] ?? '';
    const api = new PublicApi(system.url, system.organizerKey, () => undefined);
    const lines: string[] = [];
    // Mails settle for a minute, and in the stop's night they wait for the morning.
    await eventually(
      'the mail of the delegation that moved up',
      async () => {
        lines.length = 0;
        const report = new ConsoleReport((line) => lines.push(line));
        await showMails(api, { id }, report, { pageUrl: system.mailPageUrl, patienceMs: 0 });
        return lines.some((line) => /✉ registration-\w+ +(sent|planned) +示例企业 093/.test(line));
      },
      180_000,
    );
    const later = lines.join('\n');
    expect(later).toMatch(/^ +\d+ mails? sent, \d+ to follow/m);
    expect(later).toContain(`read them on ${system.mailPageUrl}`);
    expect(later).not.toMatch(/✉[^\n]*@/);
  });

  it('prints no key', () => {
    expect(first.text + second.text).not.toMatch(/waystop_[a-z]+_/);
    expect(first.text).not.toContain(system.organizerKey);
  });

  // As a day later: another organizer's key derives other Idempotency-Keys, so no sign-up is a repeat.
  it('says that it only looks when the keys of the companies are out of reach', async () => {
    const response = await fetch(`${system.url}/v1/api-keys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${system.organizerKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ label: 'another organizer' }),
    });
    const { apiKey } = (await response.json()) as { apiKey: string };
    const later = await play(apiKey);
    expect(later.text).toContain('100 companies have a key that was shown more than 24 hours');
    expect(later.text).toContain('capacity 220, confirmed 219, waiting 6, left 1');
    expect(later.refused).not.toContain('registration.duplicate');
    expect(later.refused).toContain('company.uscc_taken');
    expect(later.refused).toContain('session.speaker_conflict');
  });
});

function tablesOf(text: string): string {
  return text.slice(text.indexOf('What it has come to'));
}

/** Another tour of the example's name, with a stop of its stop's name that lies ahead and has none of its rooms. */
async function makeNamesake({ url, organizerKey }: SharedSystem): Promise<void> {
  const organizer = new ApiClient(url, organizerKey);
  const { tour, stop } = readExample();
  const made = await must(organizer.post('/v1/tours', { name: tour.name }));
  const namesake = aStop({ name: stop.name, rooms: [] });
  await must(organizer.post(`/v1/tours/${made.id}/stops`, namesake));
}
