import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluatePlan } from './evaluation.js';
import type { MeetingProblem, WantedMeeting } from './meeting-problem.js';
import { planMeetings, type MeetingPlan } from './plan-meetings.js';
import { plantedInstance, randomInstance } from './testing/instances.js';

const localSearchAlone = { seed: 1, steps: 200_000, seconds: 0 };

describe('a meeting plan', () => {
  it.each([
    { companies: 20, requests: 60, slots: 6, tables: 8, seed: 1 },
    { companies: 30, requests: 120, slots: 8, tables: 10, seed: 2 },
  ])('breaks no rule: %j', async (shape) => {
    const problem = randomInstance(shape);
    expect(brokenRules(problem, await planMeetings(problem, localSearchAlone))).toEqual([]);
  });

  it('is worth what an evaluation of its places says, and no more than its bound', async () => {
    const problem = randomInstance({ companies: 40, requests: 120, slots: 8, tables: 12, seed: 3 });
    const plan = await planMeetings(problem, localSearchAlone);
    expect(evaluatePlan(problem, placesOf(plan)).value).toBe(plan.value);
    expect(plan.value).toBeLessThanOrEqual(plan.bound);
    expect(plan.items.length + plan.unplaced.length).toBe(120);
  });

  it('is the same for the same input, seed and steps, whatever the order of the meetings', async () => {
    const problem = randomInstance({ companies: 40, requests: 120, slots: 8, tables: 12, seed: 4 });
    const turned = { ...problem, meetings: problem.meetings.toReversed() };
    const [one, other] = [
      await planMeetings(problem, localSearchAlone),
      await planMeetings(turned, localSearchAlone),
    ];
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  it('holds every planted meeting where there are no decoys and a slot to spare', async () => {
    const { problem, planted } = plantedInstance({
      companies: 60,
      slots: 8,
      load: 0.8,
      decoys: 0,
      spare: 1,
      seed: 5,
    });
    const plan = await planMeetings(problem, localSearchAlone);
    expect(plan.value / planted).toBeGreaterThanOrEqual(0.99);
  });

  it.each([
    [0.5, 0.99],
    [0.9, 0.95],
  ])(
    'at load %d comes to %d of a planted optimum with 150 decoys',
    async (load, share) => {
      const shape = { companies: 60, slots: 8, load, decoys: 150, spare: 0, seed: 6 };
      const { problem, planted } = plantedInstance(shape);
      const plan = await planMeetings(problem, { seed: 1, steps: 400_000, seconds: 10 });
      expect(plan.bound).toBeGreaterThanOrEqual(planted);
      expect(plan.value / planted).toBeGreaterThanOrEqual(share);
    },
    120_000,
  );

  it('equals brute force on small stops, and says so only where it is true', async () => {
    await fc.assert(
      fc.asyncProperty(smallProblem, async (problem) => {
        const best = bruteForce(problem);
        const plan = await planMeetings(problem, { seed: 1, steps: 4_000, seconds: 5 });
        expect(plan.value).toBe(best);
        expect(plan.bound).toBeGreaterThanOrEqual(best);
        if (plan.provenBest) expect(plan.value).toBe(best);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps locked meetings where they are and moves others only where that is worth it', async () => {
    const problem = randomInstance({ companies: 20, requests: 50, slots: 6, tables: 10, seed: 7 });
    const first = await planMeetings(problem, localSearchAlone);
    const places = placesOf(first);
    const meetings = problem.meetings.map((meeting, index): WantedMeeting => {
      const present = places.get(meeting.id);
      return present === undefined ? meeting : { ...meeting, present, locked: index % 2 === 0 };
    });
    const again = await planMeetings({ ...problem, meetings }, localSearchAlone);
    expect(again.value).toBeGreaterThanOrEqual(first.value);
    for (const { id, present, locked } of meetings)
      if (locked === true) expect(placesOf(again).get(id)).toEqual(present);
  });

  it('says why a meeting has no place', async () => {
    const problem: MeetingProblem = {
      slotDays: [0],
      tables: 1,
      meetings: [
        meeting('a', 'one', 'two', 9),
        meeting('b', 'one', 'three', 5),
        meeting('c', 'four', 'five', 3),
        meeting('d', 'six', 'seven', 2),
      ],
      busySlots: new Map([['six', new Set([0])]]),
      companyLimits: new Map([['one', 1]]),
      movePoints: 5,
    };
    const { unplaced } = await planMeetings(problem, localSearchAlone);
    expect(unplaced).toEqual([
      { meetingId: 'b', weight: 5, reasons: ['people_taken', 'company_limit'] },
      { meetingId: 'c', weight: 3, reasons: ['tables_taken'] },
      { meetingId: 'd', weight: 2, reasons: ['no_common_slot'] },
    ]);
  });

  it('has nothing to say of no meetings, and refuses what contradicts itself', async () => {
    const empty = randomInstance({ companies: 2, requests: 0, slots: 3, tables: 1, seed: 1 });
    expect(await planMeetings(empty, { ...localSearchAlone, seconds: 1 })).toMatchObject({
      value: 0,
      bound: 0,
      provenBest: true,
    });
    const twice = { ...empty, meetings: [meeting('a', 'one', 'two', 1), meeting('a', 'one', 'three', 1)] };
    await expect(planMeetings(twice, localSearchAlone)).rejects.toThrow('Two meetings have the id a.');
  });
});

const smallProblem = fc
  .record({
    requests: fc.integer({ min: 1, max: 6 }),
    slots: fc.integer({ min: 1, max: 3 }),
    tables: fc.integer({ min: 1, max: 3 }),
    busy: fc.integer({ min: 0, max: 1 }),
    seed: fc.nat(10_000),
    limit: fc.integer({ min: 1, max: 3 }),
    moved: fc.boolean(),
  })
  .map(({ limit, moved, ...shape }): MeetingProblem => {
    const problem = randomInstance({ companies: 5, ...shape });
    return {
      ...problem,
      companyLimits: new Map([['c0', limit]]),
      meetings: problem.meetings.map((one, index) =>
        moved && index < 2 ? { ...one, present: { slot: index % shape.slots, table: 1 } } : one,
      ),
    };
  });

/** The best value over all assignments, by trying each. */
function bruteForce(problem: MeetingProblem): number {
  const { meetings, slotDays, tables } = problem;
  let best = 0;
  const slotOf: (number | null)[] = meetings.map(() => null);
  const visit = (index: number): void => {
    if (index === meetings.length) {
      const places = new Map(
        meetings.flatMap(({ id }, at) => {
          const slot = slotOf[at];
          return slot === null || slot === undefined ? [] : [[id, { slot, table: 1 }] as const];
        }),
      );
      best = Math.max(best, evaluatePlan(problem, places).value);
      return;
    }
    for (const slot of [null, ...slotDays.keys()]) {
      slotOf[index] = slot;
      if (slot === null || isPossible(problem, slotOf.slice(0, index + 1), tables)) visit(index + 1);
    }
    slotOf[index] = null;
  };
  visit(0);
  return best;
}

function isPossible(problem: MeetingProblem, slotOf: readonly (number | null)[], tables: number): boolean {
  const uses = new Map<string, number>();
  for (const [index, slot] of slotOf.entries()) {
    if (slot === null) continue;
    const sides = problem.meetings[index]?.sides ?? [];
    const keys = [
      `slot ${slot}`,
      ...sides.flatMap(({ personId, companyId }) => [`${personId} ${slot}`, `company ${companyId}`]),
    ];
    if (sides.some(({ personId }) => problem.busySlots.get(personId)?.has(slot))) return false;
    for (const key of keys) uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  return [...uses].every(([key, count]) => {
    if (key.startsWith('slot ')) return count <= tables;
    if (key.startsWith('company ')) return count <= (problem.companyLimits.get(key.slice(8)) ?? Infinity);
    return count <= 1;
  });
}

function brokenRules(problem: MeetingProblem, plan: MeetingPlan): string[] {
  const slots = problem.meetings.map(({ id }) => placesOf(plan).get(id)?.slot ?? null);
  const seats = plan.items.map(({ slot, table }) => `${slot} ${table}`);
  return [
    ...(isPossible(problem, slots, problem.tables) ? [] : ['people, slots or limits']),
    ...(new Set(seats).size === seats.length ? [] : ['two meetings at one table']),
    ...(plan.items.every(({ table }) => table >= 1 && table <= problem.tables) ? [] : ['no such table']),
  ];
}

function placesOf({ items }: MeetingPlan) {
  return new Map(items.map(({ meetingId, slot, table }) => [meetingId, { slot, table }]));
}

function meeting(id: string, one: string, other: string, weight: number): WantedMeeting {
  const side = (name: string) => ({ companyId: name, personId: name });
  return { id, weight, sides: [side(one), side(other)] };
}
