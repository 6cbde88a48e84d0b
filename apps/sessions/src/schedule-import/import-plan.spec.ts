import { describe, expect, it } from '@jest/globals';
import type { StopState } from '#contracts';
import type { SessionRecord } from '../sessions/session.js';
import { importDrafts, type ExistingMode } from './import-drafts.js';
import { keysOf, planImport, withOutlook, type Decision } from './import-plan.js';
import { importSchedule } from './import-schedule.js';
import type { KnownEntry } from './entry-update.js';
import type { ImportedDetails } from './imported-entry.js';
import { takenFields } from './taken-fields.js';

const stop = {
  id: 'stop',
  organizationId: 'organization',
  timeZone: 'Asia/Shanghai',
  startsAt: '2026-12-12T01:00:00Z',
  endsAt: '2026-12-12T09:00:00Z',
  city: { code: '510100', name: { zh: '成都市' } },
  speakerTravelMinutes: 240,
  rooms: [
    { id: 'r1', name: { zh: '一号厅', en: 'Hall 1' }, seats: 10 },
    { id: 'r2', name: { en: 'Hall 2' }, seats: 10 },
  ],
} as unknown as StopState;
const now = '2026-12-01T00:00:00Z';

type Fields = Record<string, unknown>;
const talk = (id: number, change: Fields = {}): Fields => ({
  id,
  title: `Talk ${id}`,
  abstract: 'About it.',
  date: `2026-12-12T${String(9 + id).padStart(2, '0')}:00:00+08:00`,
  duration: '00:30',
  room: 'Hall 1',
  persons: [{ id, name: `Speaker ${id}` }],
  ...change,
});

function entriesOf(talks: Fields[]) {
  const days = [{ index: 1, date: '2026-12-12', rooms: { 'Hall 1': talks } }];
  const read = importSchedule(
    JSON.stringify({ schedule: { conference: { acronym: 'c', days } } }),
    'json',
    stop,
    null,
  );
  if ('refusal' in read) throw new Error(read.refusal.detail);
  return read.entries;
}

let ids = 0;
const make = { id: () => `id-${(ids += 1)}`, now };

/** Imports talks into a programme and returns the plan with the programme after it. */
function run(talks: Fields[], known: Map<string, KnownEntry>, mode: ExistingMode = 'update', keeps = true) {
  const entries = entriesOf(talks);
  const drafts = importDrafts(entries, stop, known, mode, make);
  const keys = new Set(keysOf(drafts));
  const scheduled = [...known.values()].flatMap(({ session }) => takenBy(session));
  const speakers = [...known.values()].flatMap(({ session }) =>
    takenBy(session).flatMap((one) =>
      session.speakers
        .map(({ personKey }) => `person:${personKey}`)
        .filter((key) => keys.has(key))
        .map((speakerKey) => ({
          ...one,
          speakerKey,
          place: '510100',
          cityName: { zh: '成都市' },
          travelMinutes: 240,
        })),
    ),
  );
  const plan = planImport(drafts, stop, { rooms: scheduled, speakers }, keeps);
  return { plan, after: after(known, plan) };
}

function takenBy({ id, title, startsAt, endsAt, roomId }: SessionRecord) {
  if (startsAt === null || endsAt === null || roomId === null) return [];
  return [{ sessionId: id, title, startsAt, endsAt, roomId }];
}

function after(known: Map<string, KnownEntry>, plan: readonly Decision[]): Map<string, KnownEntry> {
  const next = new Map(known);
  for (const one of plan) {
    if (one.kind !== 'create' && one.kind !== 'update' && one.kind !== 'keep') continue;
    const { entry, session } = one;
    const persons = entry.speakers.map((person, index) => {
      const { email: _, ...rest } = person;
      return { ...rest, speakerId: session.speakers[index]?.id ?? '' };
    });
    const taken = takenFields(entry, session.startsAt !== null);
    // As PostgreSQL gives it back.
    const details = JSON.parse(JSON.stringify({ ...entry.source, persons, taken })) as ImportedDetails;
    next.set(entry.sourceId, { session, details, revision: (known.get(entry.sourceId)?.revision ?? 0) + 1 });
  }
  return next;
}

function edited(known: Map<string, KnownEntry>, change: Partial<SessionRecord>): Map<string, KnownEntry> {
  return new Map([...known].map(([key, one]) => [key, { ...one, session: { ...one.session, ...change } }]));
}

const kinds = (plan: readonly Decision[]) => plan.map(({ kind }) => kind);
function updated(plan: readonly Decision[], at = 0) {
  const one = plan[at];
  if (one?.kind !== 'update' && one?.kind !== 'keep') throw new Error(`It is ${one?.kind}.`);
  return { session: one.session, fields: one.changes.map(({ field }) => field) };
}

describe('an import that updates', () => {
  const first = run([talk(1)], new Map()).after;

  it('leaves alone what did not change in the file', () => {
    expect(kinds(run([talk(1)], first).plan)).toEqual(['known']);
  });

  it.each<[string, Fields, string[], Partial<SessionRecord>]>([
    ['a title', { title: 'Other' }, ['title'], { title: { en: 'Other' } }],
    ['a title in another script', { title: '题目' }, ['title'], { title: { zh: '题目' } }],
    ['an abstract', { abstract: 'More.' }, ['abstract'], { abstract: { en: 'More.' } }],
    ['no abstract any more', { abstract: '' }, ['abstract'], { abstract: null }],
    ['a track', { track: 'AI' }, ['track'], { track: 'AI' }],
    ['a type', { type: 'keynote' }, ['kind'], { kind: 'keynote' }],
    ['a language', { language: 'zh' }, ['language'], { language: 'zh' }],
    ['a room', { room: 'hall  2' }, ['room'], { roomId: 'r2' }],
    [
      'a start',
      { date: '2026-12-12T12:00:00+08:00' },
      ['startsAt'],
      { startsAt: '2026-12-12T04:00:00Z', endsAt: '2026-12-12T04:30:00Z' },
    ],
    [
      'a length',
      { duration: '00:45' },
      ['durationMinutes'],
      { durationMinutes: 45, endsAt: '2026-12-12T02:45:00Z' },
    ],
    ['a link', { links: [{ url: 'https://example.org', title: 'x' }] }, ['links'], {}],
    ['a member without a field', { logo: 'a.png' }, ['logo'], {}],
    ['a biography', { persons: [{ id: 1, name: 'Speaker 1', biography: 'Born.' }] }, ['persons'], {}],
  ])('takes over %s', (_what, change, fields, expected) => {
    const { plan } = run([talk(1, change)], first);
    expect(kinds(plan)).toEqual(['update']);
    expect(updated(plan).fields).toEqual(fields);
    expect(updated(plan).session).toMatchObject({ ...expected, version: 2, status: 'scheduled' });
  });

  it('takes over nothing twice', () => {
    const change = {
      title: 'Other',
      logo: 'a.png',
      links: [{ url: 'b.pdf', title: null }],
      duration: '00:45',
    };
    const { after: second } = run([talk(1, change)], first);
    expect(kinds(run([talk(1, change)], second).plan)).toEqual(['known']);
  });

  it('keeps what organizers changed and the file did not', () => {
    const own = edited(first, { title: { en: 'Ours', zh: '我们的' }, roomId: 'r2' });
    const { plan } = run([talk(1, { track: 'AI' })], own);
    expect(updated(plan)).toMatchObject({
      fields: ['track'],
      session: { title: { en: 'Ours', zh: '我们的' }, roomId: 'r2', track: 'AI' },
    });
  });

  it('leaves off the timetable what organizers took off it, until the file moves it', () => {
    const off = edited(first, { status: 'accepted', roomId: null, startsAt: null, endsAt: null });
    expect(kinds(run([talk(1)], off).plan)).toEqual(['known']);
    expect(updated(run([talk(1, { track: 'AI' })], off).plan).session.status).toBe('accepted');
    const moved = run([talk(1, { date: '2026-12-12T12:00:00+08:00' })], off);
    expect(updated(moved.plan).session).toMatchObject({ status: 'scheduled', roomId: 'r1' });
  });

  it('keeps a speaker whom it knows by person, address or name, with all that was added', () => {
    const [known] = first.values();
    const speaker = known?.session.speakers[0];
    if (speaker === undefined) throw new Error('There is a speaker.');
    const added = { ...speaker, email: 's@example.com', personKey: null, jobTitle: 'CTO', mayOverlap: true };
    const own = edited(first, { speakers: [added] });
    const persons = [
      { id: 9, name: 'New' },
      { id: 1, name: 'Speaker One' },
    ];
    const { session, fields } = updated(run([talk(1, { persons })], own).plan);
    expect(fields).toContain('speakers');
    expect(session.speakers).toMatchObject([
      { name: 'New', email: null, mayOverlap: false },
      { ...added, name: 'Speaker One' },
    ]);
  });

  it('lets sessions change places with each other', () => {
    const { after: two } = run([talk(1), talk(2)], new Map());
    const swapped = [talk(1, { date: talk(2)['date'] }), talk(2, { date: talk(1)['date'] })];
    const { plan } = run(swapped, two);
    expect(kinds(plan)).toEqual(['update', 'update']);
  });

  it('makes accepted again what can not go where the file wants it, and tries again later', () => {
    const { after: two } = run([talk(1), talk(2)], new Map());
    const onto = [talk(1), talk(2, { date: talk(1)['date'], room: 'Hall 1', title: 'Moved' })];
    const { plan, after: then } = run(onto, two);
    expect(kinds(plan)).toEqual(['known', 'keep']);
    expect(updated(plan, 1).session).toMatchObject({
      status: 'accepted',
      startsAt: null,
      title: { en: 'Moved' },
      reason: expect.stringMatching(/^The room Hall 1 is taken by “Talk 1”/),
    });
    const freed = [talk(1, { room: 'Hall 2' }), onto[1] ?? {}];
    expect(kinds(run(freed, then).plan)).toEqual(['update', 'update']);
  });

  it('leaves it where it was if what has no place is to be refused, also for those who wanted that place', () => {
    const { after: three } = run([talk(1), talk(2), talk(3)], new Map());
    const chain = [
      talk(1),
      talk(2, { date: talk(1)['date'] }),
      talk(3, { date: talk(2)['date'], track: 'AI' }),
    ];
    const { plan } = run(chain, three, 'update', false);
    expect(kinds(plan)).toEqual(['known', 'refuse', 'refuse']);
  });

  it('does not touch what has ended, or was cancelled', () => {
    const past = edited(first, { startsAt: '2026-11-30T01:00:00Z', endsAt: '2026-11-30T02:00:00Z' });
    const [ended] = run([talk(1, { track: 'AI' })], past).plan;
    expect(ended).toMatchObject({ kind: 'refuse', refusal: { code: 'session.closed' } });
    const [cancelled] = run([talk(1, { track: 'AI' })], edited(first, { status: 'cancelled' })).plan;
    expect(cancelled).toMatchObject({ kind: 'known', detail: expect.stringContaining('cancelled') });
  });

  it('adds what is new', () => {
    expect(kinds(run([talk(1), talk(2)], first).plan)).toEqual(['known', 'create']);
  });
});

describe('a comparison', () => {
  it('names every difference between the file and the programme, and what the stop lacks', () => {
    const { after: known } = run([talk(1)], new Map());
    const own = edited(known, { title: { en: 'Ours' }, roomId: 'r2', language: 'en' });
    const { plan } = run([talk(1, { duration: '01:00', logo: 'a.png' }), talk(2)], own, 'compare');
    expect(kinds(plan)).toEqual(['known', 'missing']);
    expect(plan[0]).toMatchObject({
      changes: [
        { field: 'title', from: 'Ours', to: 'Talk 1' },
        { field: 'language', from: 'en', to: null },
        { field: 'durationMinutes', from: 30, to: 60 },
        { field: 'room', from: 'Hall 2', to: 'Hall 1' },
        { field: 'logo', from: null, to: 'a.png' },
      ],
    });
    expect(run([talk(1)], known, 'compare').plan).toMatchObject([{ changes: [] }]);
  });

  it('cuts long texts', () => {
    const { after: known } = run([talk(1)], new Map());
    const [decision] = run([talk(1, { abstract: 'x'.repeat(3_000) })], known, 'compare').plan;
    expect(JSON.stringify(decision?.kind === 'known' && decision.changes).length).toBeLessThan(400);
  });
});

describe('a comparison', () => {
  it('tells what an import could not place, and why', () => {
    const talks = [talk(1), talk(2, { date: '2026-12-12T10:10:00+08:00' }), talk(12), talk(3)];
    const compared = withOutlook(run(talks, new Map(), 'compare').plan, run(talks, new Map(), 'update').plan);
    expect(kinds(compared)).toEqual(['missing', 'missing', 'missing', 'missing']);
    const outlooks = compared.map((one) => ('outlook' in one ? one.outlook : undefined));
    expect(outlooks.map((one) => one?.code)).toEqual([
      undefined,
      'session.room_conflict',
      'session.outside_stop',
      undefined,
    ]);
    // Nothing was made, so what is in the way has no id.
    expect(outlooks[1]?.with).toMatchObject([{ sessionId: null, given: { id: '1' } }]);
  });

  it('says nothing of what stays as it is', () => {
    const talks = [talk(1), talk(2)];
    const { after: known } = run(talks, new Map());
    const compared = withOutlook(run(talks, known, 'compare').plan, run(talks, known, 'update').plan);
    expect(compared).toMatchObject([
      { kind: 'known', changes: [] },
      { kind: 'known', changes: [] },
    ]);
    expect(compared.some((one) => 'outlook' in one)).toBe(false);
  });
});
