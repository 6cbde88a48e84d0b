import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  cancelRegistration,
  checkInDelegate,
  eraseDelegate,
  exportRegistrations,
  getDoorList,
  getPeople,
  registerDelegation,
  reissueBadge,
  removeDelegate,
  substituteDelegate,
  systemCaller,
  type Registration,
} from '../../../libs/contracts/src/index.js';
import { AdvisoryLocks, UnitOfWork } from '../../../libs/persistence/src/index.js';
import { DelegateErasure } from '../../../apps/registrations/src/personal-data/delegate-erasure.service.js';
import { PersonalDataRepository } from '../../../apps/registrations/src/personal-data/personal-data.repository.js';
import { service as registrations } from '../../../apps/registrations/src/service.js';
import { SeatCommandQueue } from '../../../apps/registrations/src/seating/seat-command.queue.js';
import { SeatConsequences } from '../../../apps/registrations/src/seating/seat-consequences.service.js';
import { SeatingService } from '../../../apps/registrations/src/seating/seating.service.js';
import { TestedService } from '../../support/tested-service.js';
import { OtherServices, organizer } from './other-services.js';

const others = new OtherServices();
let tested: TestedService;

beforeAll(async () => {
  tested = await TestedService.start(registrations, others.answers);
});
afterAll(() => tested.stop());

/** A person whose every detail can be found again. */
const person = (mark: string) => ({
  name: `姓名${mark}`,
  email: `${mark}@persons.example`,
  mobile: `+86139${mark}`,
  jobTitle: `职务${mark}`,
  language: 'en' as const,
});

/** Wherever one of these words stands in any row of the service's database. */
async function tablesWith(words: readonly string[]): Promise<string[]> {
  const tables = (await tested.rows.query(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
  )) as { name: string }[];
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = (await tested.rows.query(`SELECT row_to_json(t)::text AS row FROM ${name} t`)) as {
      row: string;
    }[];
    for (const word of words) if (rows.some(({ row }) => row.includes(word))) found.push(`${name}: ${word}`);
  }
  return found;
}

let keys = 0;
const keyed = (scope: string) => ({
  idempotency: { scope, key: `erasure ${(keys += 1)}`, requestHash: 'x' },
});

/** A delegation that has been through everything which leaves something of a person behind. */
async function lived(
  stopId: string,
  marks: readonly [string, string, string, string],
): Promise<Registration> {
  const company = others.company();
  const [a, b, c, successor] = marks;
  const made = await tested.ask(
    registerDelegation,
    {
      stopId,
      body: {
        delegates: [person(a), person(b), person(c)],
        note: `备注${a}`,
        consent: { textVersion: '2026-11' },
      },
    },
    company,
    keyed(company.companyId),
  );
  const [first = '', second = '', third = ''] = made.delegates.map(({ id }) => id);
  const of = (delegateId: string) => ({ id: made.id, delegateId });
  await tested.ask(checkInDelegate, { stopId, body: { delegateId: first } }, organizer, keyed('door'));
  await tested.ask(reissueBadge, of(first), company, keyed(company.companyId));
  await tested.ask(
    substituteDelegate,
    { ...of(second), body: person(successor) },
    company,
    keyed(company.companyId),
  );
  await tested.ask(removeDelegate, of(third), company, keyed(company.companyId));
  return made;
}

const wordsOf = (mark: string) => Object.values({ ...person(mark), language: mark });

describe('erasing', () => {
  it('one delegate leaves nothing of the person, nor of whose seat it was, in any row', async () => {
    const stop = others.stop({ capacity: 50 });
    const marks = ['11110001', '11110002', '11110003', '11110004'] as const;
    const made = await lived(stop.id, marks);
    const [first, second, third] = made.delegates;
    const all = marks.flatMap(wordsOf);
    expect((await tablesWith(all)).length).toBeGreaterThan(8);
    for (const one of [first, second, third])
      await tested.ask(eraseDelegate, { id: made.id, delegateId: one?.id ?? '' }, organizer);
    // What a company writes freely about its delegation stays with the delegation.
    expect(await tablesWith(all.filter((word) => word !== '11110001'))).toEqual([]);
    const kept = await tablesWith(['备注11110001', '2026-11']);
    expect(kept.map((line) => line.split(':')[0])).toContain('registrations');
    const { registrations: people } = await tested.ask(
      getPeople,
      { registrationIds: [made.id] },
      systemCaller,
    );
    expect(people[0]?.delegates).toEqual([]);
    const door = await tested.ask(getDoorList, { stopId: stop.id }, organizer);
    expect(door.items).toEqual([]);
    const company = { role: 'company', keyId: 'c', companyId: made.companyId } as const;
    const [exported] = (await tested.ask(exportRegistrations, {}, company)).items;
    expect(exported).toMatchObject({ departed: [], consent: { textVersion: '2026-11' } });
    expect(exported?.delegates.map(({ name, language, badge }) => [name, language, badge])).toEqual([
      ['—', null, null],
      ['—', null, null],
    ]);
  });

  it('by retention leaves nothing of them, but the counts, the consent, and what was written freely', async () => {
    const stop = others.stop({ capacity: 50 });
    const marks = ['22220001', '22220002', '22220003', '22220004'] as const;
    const made = await lived(stop.id, marks);
    await tested.ask(cancelRegistration, { id: made.id }, organizer, keyed('organizer'));
    await tested.rows.query(`UPDATE stops SET ends_at = now() - interval '100 days' WHERE stop_id = $1`, [
      stop.id,
    ]);
    // Answers are kept for a day; retention comes after days.
    await tested.rows.query('DELETE FROM idempotency');
    const unitOfWork = new UnitOfWork(tested.rows, () => undefined);
    const queue = new SeatCommandQueue(new SeatingService(unitOfWork, new SeatConsequences()), {
      REGISTRATION_BATCHING: 'on',
    } as never);
    const locks = new AdvisoryLocks({ url: tested.databaseUrl, name: 'test' });
    const erasure = new DelegateErasure(tested.rows.manager, locks, queue, new PersonalDataRepository());
    expect(await erasure.erase(new Date(Date.now() - 90 * 86_400_000))).toBe(1);
    expect(await erasure.erase(new Date(Date.now() - 90 * 86_400_000))).toBe(0);
    // A note is kept as written: see ADR 13.
    expect(await tablesWith(marks.flatMap(wordsOf).filter((word) => word !== '22220001'))).toEqual([]);
    expect(await tablesWith(['备注22220001'])).toEqual(['registrations: 备注22220001']);
    const [row] = (await tested.rows.query(
      `SELECT status, seats, consent_text_version AS consent,
              (SELECT count(*)::integer FROM delegates WHERE registration_id = r.id AND checked_in_at IS NOT NULL) AS came
         FROM registrations r WHERE id = $1`,
      [made.id],
    )) as unknown[];
    expect(row).toEqual({ status: 'cancelled', seats: 2, consent: '2026-11', came: 1 });
  });
});
