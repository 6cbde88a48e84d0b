import { checkInChanged, formatInstant, registrationChanged, signUpsChanged, type DataOf } from '#contracts';
import { replayable, type Replayable } from '#persistence';
import { readSignUps } from './seating/remaining-sign-ups.repository.js';

const registrations = replayable(registrationChanged, { table: 'registrations' }, async (manager, ids) => {
  const states = (await manager.query(
    `SELECT id AS "registrationId", stop_id AS "stopId", company_id AS "companyId", status, seats,
            ARRAY(SELECT d.id FROM delegates d WHERE d.registration_id = r.id ORDER BY d.id) AS "delegateIds", version
       FROM registrations r WHERE id = ANY($1::uuid[])`,
    [ids],
  )) as DataOf<typeof registrationChanged>[];
  return states.map((state) => ({ id: state.registrationId, state }));
});

const signUps = replayable(signUpsChanged, { table: 'registrations' }, async (manager, ids) => {
  const states = await readSignUps(manager, ids);
  return states.map((state) => ({ id: state.registrationId, state }));
});

const checkIns = replayable(checkInChanged, { table: 'delegates' }, async (manager, ids) => {
  const states = (await manager.query(
    `SELECT d.id AS "delegateId", r.id AS "registrationId", r.stop_id AS "stopId", r.company_id AS "companyId",
            d.checked_in_at AS "checkedInAt", d.check_in_version AS version
       FROM delegates d JOIN registrations r ON r.id = d.registration_id
      WHERE d.id = ANY($1::uuid[]) AND d.check_in_version > 0`,
    [ids],
  )) as (Omit<DataOf<typeof checkInChanged>, 'checkedInAt'> & { checkedInAt: Date | null })[];
  return states.map(({ checkedInAt, version, ...state }) => ({
    id: state.delegateId,
    state: { ...state, checkedInAt: checkedInAt && formatInstant(checkedInAt), version },
  }));
});

/** The aggregates whose states can be published again. */
export const replayables: readonly Replayable[] = [registrations, signUps, checkIns];
