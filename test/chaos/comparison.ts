import { caughtUp } from './compare-copies.js';
import { compareStop } from './compare-stops.js';
import type { Databases } from './databases.js';
import type { Acknowledged, Load } from './load.js';

/**
 * The full comparison after a fault: waits until the pipe is empty and every copy equals its source, then looks at each
 * acknowledged change and at every stop. @returns what is wrong, a line each; empty when nothing was lost
 */
export async function compare(databases: Databases, url: string, load: Load): Promise<string[]> {
  const wrong = await caughtUp(databases);
  wrong.push(...load.oddities.map(({ what, answer }) => `${what}: ${answer}`));
  wrong.push(...(await compareAcknowledged(databases, load)));
  const stops = await databases.rows<{ stop_id: string }>('registrations', 'SELECT stop_id FROM stops');
  for (const { stop_id: stopId } of stops) wrong.push(...(await compareStop(databases, url, stopId)));
  return wrong;
}

interface RegistrationRow {
  id: string;
  stop_id: string;
  company_id: string;
  status: string;
  seats: number;
}

/** Each acknowledged registration is there once, in the state that was acknowledged or one that the rules led to. */
async function compareAcknowledged(databases: Databases, load: Load): Promise<string[]> {
  const companies = load.acknowledged.map(({ companyId }) => companyId);
  const rows = await databases.rows<RegistrationRow>(
    'registrations',
    `SELECT id, stop_id, company_id, status, seats FROM registrations
      WHERE company_id = ANY ($1) AND stop_id = ANY ($2)`,
    [companies, load.stopIds],
  );
  const byCompany = new Map<string, RegistrationRow[]>();
  for (const row of rows) byCompany.set(row.company_id, [...(byCompany.get(row.company_id) ?? []), row]);
  const wrong = load.acknowledged.flatMap((one) => compareOne(one, byCompany.get(one.companyId) ?? []));
  const unknown = rows.length - load.acknowledged.length;
  if (unknown > 0) wrong.push(`${unknown} registrations more than were acknowledged`);
  const sessions = await databases.rows<{ id: string }>('sessions', 'SELECT id FROM sessions');
  const known = new Set(sessions.map(({ id }) => id));
  wrong.push(...load.sessions.filter(({ id }) => !known.has(id)).map(({ id }) => `session ${id} is lost`));
  const proposed = await databases.rows<{ company_id: string }>(
    'sessions',
    'SELECT company_id FROM sessions WHERE company_id = ANY ($1) GROUP BY company_id HAVING count(*) > 1',
    [load.companies],
  );
  wrong.push(...proposed.map((row) => `company ${row.company_id} has its session twice`));
  const present = await databases.rows<{ id: string }>(
    'accounts',
    'SELECT id FROM companies WHERE id = ANY ($1)',
    [load.companies],
  );
  if (present.length !== load.companies.length)
    wrong.push(`${load.companies.length - present.length} companies are lost`);
  return wrong;
}

function compareOne(one: Acknowledged, rows: readonly RegistrationRow[]): string[] {
  const [row, ...more] = rows;
  if (row === undefined) return [`registration ${one.id} is lost`];
  if (more.length > 0) return [`company ${one.companyId} has ${rows.length} registrations`];
  if (row.id !== one.id) return [`company ${one.companyId} has ${row.id}, ${one.id} was acknowledged`];
  if (row.stop_id !== one.stopId || row.seats !== one.seats) return [`registration ${one.id} was changed`];
  // Who was confirmed stays so, who waited may have moved up.
  const allowed = one.cancelled ? ['cancelled'] : [one.status, 'confirmed'];
  if (!allowed.includes(row.status)) return [`registration ${one.id} is ${row.status}, was ${one.status}`];
  return [];
}
