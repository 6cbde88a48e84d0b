import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem, unscheduleSession, type StopState } from '../../../libs/contracts/src/index.js';
import { prefectureOf } from '#reference-data';
import { Programme } from './programme.js';

let programme: Programme;
let stops: StopState[];
const cities = ['510104', '510105', '510700', '110105'];
const travels = [0, 30, 60, 90];

beforeAll(async () => {
  programme = await Programme.start();
  stops = cities.map((code, index) =>
    programme.stop({ city: { code, name: { zh: code } }, speakerTravelMinutes: travels[index] ?? 0 }),
  );
});
afterAll(() => programme.end());

/** Minutes from the start of the stops, which all begin at once. */
type Talk = { stop: number; room: number; start: number; minutes: number; speakers: number[] };
type Step = Talk & { thenFree: boolean };

const step: fc.Arbitrary<Step> = fc.record({
  stop: fc.nat(3),
  room: fc.nat(1),
  start: fc.nat(30).map((five) => five * 5),
  minutes: fc.integer({ min: 1, max: 6 }).map((five) => five * 5),
  speakers: fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 2 }),
  thenFree: fc.boolean(),
});

/** The rules as the page on the API words them, over a plain list. */
function expected(talk: Talk, placed: readonly Talk[]): string {
  const overlaps = (other: Talk, gap = 0) =>
    talk.start < other.start + other.minutes + gap && other.start < talk.start + talk.minutes + gap;
  const sameRoom = (other: Talk) => other.stop === talk.stop && other.room === talk.room;
  if (placed.some((other) => sameRoom(other) && overlaps(other))) return 'session.room_conflict';
  const tooClose = placed.some((other) => {
    if (!other.speakers.some((speaker) => talk.speakers.includes(speaker))) return false;
    const places = [talk, other].map(({ stop }) => prefectureOf(cities[stop] ?? ''));
    const travel = Math.max(travels[talk.stop] ?? 0, travels[other.stop] ?? 0);
    return overlaps(other, places[0] === places[1] ? 0 : travel);
  });
  return tooClose ? 'session.speaker_conflict' : 'scheduled';
}

describe('places', () => {
  it('are given and refused exactly as a plain list of them would', async () => {
    const placed: (Talk & { id: string })[] = [];
    const seen = new Map<string, number>();
    const [steps = []] = fc.sample(fc.array(step, { minLength: 150, maxLength: 150 }), {
      numRuns: 1,
      seed: 7,
    });
    for (const { thenFree, ...talk } of steps) {
      const outcome = await tryTalk(talk);
      expect({ talk, outcome: outcome.code }).toEqual({ talk, outcome: expected(talk, placed) });
      seen.set(outcome.code, (seen.get(outcome.code) ?? 0) + 1);
      if (outcome.code === 'scheduled') placed.push({ ...talk, id: outcome.id });
      const freed = thenFree ? placed.shift() : undefined;
      if (freed !== undefined) {
        await programme.service.ask(unscheduleSession, { id: freed.id }, programme.organizer);
      }
    }
    // A history in which one of the outcomes hardly occurs would prove nothing of it.
    expect([...seen.keys()].sort()).toEqual([
      'scheduled',
      'session.room_conflict',
      'session.speaker_conflict',
    ]);
    expect(Math.min(...seen.values())).toBeGreaterThan(5);
  });
});

async function tryTalk(talk: Talk): Promise<{ code: string; id: string }> {
  const stop = stops[talk.stop];
  if (stop === undefined) throw new Error(`There is no stop ${talk.stop}.`);
  const speakers = talk.speakers.map((speaker) => ({
    name: '张三',
    email: `speaker-${speaker}@example.com`,
  }));
  const session = await programme.accepted(stop, { durationMinutes: talk.minutes, speakers });
  const startsAt = new Date(Date.parse(stop.startsAt) + talk.start * 60_000).toISOString();
  try {
    return { code: (await programme.schedule(session, stop, talk.room, startsAt)).status, id: session.id };
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, id: session.id };
    throw error;
  }
}
