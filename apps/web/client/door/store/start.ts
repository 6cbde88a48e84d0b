import type { Me } from '#contracts/people';
import type { Stop, Tour } from '#contracts/stops';
import { splitPath } from '../../../shared/language.js';
import { Door } from './door.js';
import { DoorDatabase, type DoorStop } from './door-database.js';
import { ask } from './exchange.js';
import { forgetStop, readStops } from './settings.js';

/** What the page begins with. */
export type Start =
  | { readonly kind: 'door'; readonly door: Door }
  | {
      readonly kind: 'join';
      readonly pass: string | null;
      readonly problem: JoinProblem | null;
      readonly waiting: number;
    }
  | { readonly kind: 'choose'; readonly stops: readonly DoorStop[] };

export type JoinProblem = 'wrong_role' | 'offline';

/** Finds out who is signed in here and for which door; without a network the door that was open last. */
export async function start(): Promise<Start> {
  await forgetEndedStops();
  const { path } = splitPath(location.pathname);
  const named = /^\/door\/([\w-]+)$/.exec(path)?.[1] ?? null;
  if (named === 'join') return join(location.hash.slice(1) || null, null);
  const me = await ask('GET', '/me');
  if (me.status === 401 || me.status === 403) return join(null, null);
  if (me.status !== 200) return lastDoor(named);
  const { role, stopId } = me.body as Me;
  if (role === 'staff' && stopId !== null) return openDoor(stopId);
  if (role !== 'organizer') return join(null, 'wrong_role');
  return named === null ? { kind: 'choose', stops: await stopsWithDoors() } : openDoor(named);
}

export async function openDoor(stopId: string): Promise<Start> {
  const answer = await ask('GET', `/stops/${stopId}`);
  const door = await Door.open(stopId, answer.status === 200 ? stopOf(answer.body as Stop) : null);
  return door === null ? join(null, answer.status === 0 ? 'offline' : 'wrong_role') : { kind: 'door', door };
}

async function lastDoor(named: string | null): Promise<Start> {
  const stopId = named ?? readStops().at(-1)?.id;
  const door = stopId === undefined ? null : await Door.open(stopId, null);
  return door === null ? join(null, 'offline') : { kind: 'door', door };
}

async function join(pass: string | null, problem: JoinProblem | null): Promise<Start> {
  return { kind: 'join', pass, problem, waiting: await countWaiting() };
}

/** Scans that earlier sign-ins of this phone left behind. */
async function countWaiting(): Promise<number> {
  let sum = 0;
  for (const { id } of readStops()) {
    const database = await DoorDatabase.open(id);
    const { scans } = await database.read();
    database.close();
    sum += scans.filter(({ state }) => state === 'waiting').length;
  }
  return sum;
}

/** Names are kept until a day after the stop's end, as long as a pass is good for. */
async function forgetEndedStops(): Promise<void> {
  for (const { id, untilMs } of readStops()) {
    if (untilMs >= Date.now()) continue;
    await DoorDatabase.delete(id);
    forgetStop(id);
  }
}

const maxTours = 50;

async function stopsWithDoors(): Promise<DoorStop[]> {
  const tours = await items<Tour>('/tours');
  const stops = await Promise.all(
    tours.slice(0, maxTours).map(({ id }) => items<Stop>(`/tours/${id}/stops`)),
  );
  return stops
    .flat()
    .filter(({ status, endsAt }) => status === 'published' && Date.parse(endsAt) > Date.now() - 86_400_000)
    .map(stopOf);
}

async function items<Item>(path: string): Promise<readonly Item[]> {
  const { status, body } = await ask('GET', `${path}?limit=200`);
  return status === 200 ? (body as { items: readonly Item[] }).items : [];
}

const stopOf = ({ id, name, city, timeZone, endsAt }: Stop): DoorStop => ({
  id,
  name,
  city: { name: city.name },
  timeZone,
  endsAt,
});
