import { setTimeout as sleep } from 'node:timers/promises';
import { Availability, getAvailability, getTimetable, listCompanies } from '#contracts';
import type { RegistrationStatus, Stop } from '#contracts';
import { clockOf, dayOf } from './dates.js';
import type { Registration } from './delegation-desk.js';
import { both, type ConsoleReport } from './console-report.js';
import type { PublicApi } from './public-api.js';
import { registrationsOf } from './register-delegations.js';
import type { Companies } from './sign-up-companies.js';

/** Availability is at most one second behind; a little more is allowed for here before the figures are compared. */
const maxDelayMs = 3_000;

/** Everything read anew from the API, so that the tables show the system and not the demo's memory. */
export async function finalTables(
  api: PublicApi,
  stop: Stop,
  companies: Companies,
  report: ConsoleReport,
): Promise<void> {
  report.heading('What it has come to', '结果');
  const registrations = await registrationsOf(api, stop);
  await companyTable(api, companies, registrations, report);
  await seatTable(api, stop, registrations, report);
  await timetable(api, stop, report);
  report.line();
  report.line('Refused in this run, and why / 本次被拒绝的请求及原因');
  report.table(
    ['answer', 'who, what and why'],
    report.refusals.flatMap(({ who, tried, refused: { status, code, detail, errors } }) => [
      [`${status} ${code}`, `${who} ${tried}`],
      ['', errors?.[0]?.message ?? detail],
    ]),
  );
}

async function companyTable(
  api: PublicApi,
  companies: Companies,
  registrations: readonly Registration[],
  report: ConsoleReport,
): Promise<void> {
  const ours = new Set([...companies.values()].map(({ id }) => id));
  const all = await api.all(listCompanies, '/v1/companies', api.organizerKey);
  const count = (status: string) => all.filter((one) => ours.has(one.id) && one.status === status).length;
  const row = (label: string, status: RegistrationStatus) => {
    const some = registrations.filter((one) => one.status === status);
    return [label, String(some.length), String(seatsOf(some))];
  };
  report.line(
    `${ours.size} companies: ${count('verified')} verified, ${count('unverified')} unverified, ${count('suspended')} suspended`,
  );
  report.line();
  report.table(
    ['delegations / 报名', 'companies', 'delegates'],
    [
      row('confirmed / 已确认', 'confirmed'),
      row('waiting / 候补', 'waitlisted'),
      row('cancelled / 已取消', 'cancelled'),
    ],
  );
}

async function seatTable(
  api: PublicApi,
  stop: Stop,
  registrations: readonly Registration[],
  report: ConsoleReport,
): Promise<void> {
  const confirmed = seatsOf(registrations.filter(({ status }) => status === 'confirmed'));
  const seats = await availability(api, stop, confirmed);
  report.line();
  report.line(
    `Seats / 席位: capacity ${seats.capacity}, confirmed ${seats.confirmed}, waiting ${seats.waitlisted}, left ${seats.left}`,
  );
}

/** The gateway keeps what is for its cache alone. */
const shownAvailability = { ...getAvailability, output: Availability };

async function availability(api: PublicApi, stop: Stop, confirmed: number): Promise<Availability> {
  const deadline = Date.now() + maxDelayMs;
  for (;;) {
    const seats = await api.must(shownAvailability, 'GET', `/v1/stops/${stop.id}/availability`);
    if (seats.confirmed === confirmed || Date.now() > deadline) return seats;
    await sleep(100);
  }
}

/** What the public sees: the released timetable, room by room. */
async function timetable(api: PublicApi, stop: Stop, report: ConsoleReport): Promise<void> {
  const { release, rooms, sessions } = await api.must(getTimetable, 'GET', `/v1/stops/${stop.id}/timetable`);
  const { timeZone } = stop;
  report.line();
  report.line(`Timetable / 日程, release ${release.version ?? ''}, ${dayOf(stop.startsAt, timeZone)}`);
  const rows = rooms.flatMap((room) =>
    sessions
      .filter(({ roomId }) => roomId === room.id)
      .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
      .map((one) => [
        both(room.name),
        `${clockOf(one.startsAt, timeZone)}–${clockOf(one.endsAt, timeZone)}`,
        one.kind,
        both(one.title),
      ]),
  );
  report.table(['room', 'time', 'kind', 'title'], rows);
}

function seatsOf(registrations: readonly Registration[]): number {
  return registrations.reduce((sum, { seats }) => sum + seats, 0);
}
