import { inDays, newUscc } from '../../../support/client.js';
import type { World } from '../access/scenario.js';
import type { JsonSchema } from './document.js';

/** What exists in the system, by kind: requests that name something real get further than others. */
export class Pool {
  readonly ids: Record<string, string[]>;

  constructor(world: World) {
    const { ids, stop, registration } = world;
    this.ids = {
      tours: [stop.tourId],
      stops: [stop.id],
      rooms: stop.rooms.map((room: { id: string }) => room.id),
      registrations: [registration.id],
      delegates: registration.delegates.map((one: { id: string }) => one.id),
      badges: registration.delegates.map((one: { badge: string }) => one.badge),
      sessions: ['019b2f5e-7c00-7000-8000-000000000001'],
      'api-keys': ['019b2f5e-7c00-7000-8000-000000000002'],
      companies: [ids.company3],
      organizations: [ids.organization],
    };
  }

  /** Puts in what is whole and untouched: sooner or later the requests cancel all they get hold of. */
  async freshen(world: World): Promise<void> {
    const [registration, pending] = [await world.newRegistration(), await world.newPending()];
    const { session, delegateId, stop } = await world.newSignUp();
    this.learn('/v1/stops', stop);
    this.learn('/v1/stops', await world.newDraft());
    for (const one of [registration, pending]) this.learn('/v1/registrations', one);
    for (const one of [await world.newProposal(), await world.newAccepted(), session])
      this.learn('/v1/sessions', one);
    this.learn('/v1/api-keys', await world.newKey());
    this.add('delegates', delegateId);
  }

  of(kind: string): string[] {
    return this.ids[kind] ?? ['019b2f5e-7c00-7000-8000-000000000003'];
  }

  /** Remembers what a success made. The newest of each kind are enough. */
  learn(path: string, answer: unknown): void {
    const { id, rooms, delegates } = answer as { id?: string; rooms?: Item[]; delegates?: Item[] };
    this.add(kindOf(path), id);
    for (const room of rooms ?? []) this.add('rooms', room.id);
    for (const { id: delegateId, badge } of delegates ?? []) {
      this.add('delegates', delegateId);
      this.add('badges', badge);
    }
  }

  private add(kind: string, id: string | null | undefined): void {
    if (typeof id !== 'string') return;
    const known = (this.ids[kind] ??= []);
    known.push(id);
    if (known.length > 8) known.shift();
  }
}

interface Item {
  id: string;
  badge?: string | null;
}

/** What the last collection of a path holds: `/v1/stops/{stopId}/sessions` makes sessions. */
function kindOf(path: string): string {
  const names = path.split('/').filter((part) => /^[a-z-]+$/.test(part));
  return names.findLast((name) => kinds.includes(name)) ?? 'none';
}

const kinds = ['tours', 'stops', 'registrations', 'sessions', 'api-keys', 'companies'];

/** The kind that a parameter of a path names: `{stopId}`, or `{id}` after `/v1/stops/`. */
export function kindOfParameter(path: string, name: string): string {
  if (name !== 'id') return `${name.replace(/Id$/, '')}s`;
  return path.split('/')[2] ?? '';
}

/** Days from now by which most stops are whole; each name has one that is out of order as well. */
const instants: Record<string, number[]> = {
  opensAt: [-2, -1, 33],
  closesAt: [20, 29, -3],
  startsAt: [30, 31, 32, 50],
  endsAt: [33, 34, 35, 30],
  at: [-1, 0, 1],
};
const instantsOf = (name: string) => (instants[name] ?? [1]).map((days) => inDays(days));
const emails = Array.from({ length: 40 }, (_, index) => `fuzz-${index}@example.com`);

/** The schema with real ids, likely times and fresh codes where any would do: else few bodies would reach the rules. */
export function likely(schema: unknown, pool: Pool, name = ''): unknown {
  if (Array.isArray(schema)) return schema.map((one) => likely(one, pool));
  if (typeof schema !== 'object' || schema === null) return schema;
  const choices = choicesOf(name, schema as JsonSchema, pool);
  if (choices !== undefined) return { enum: choices };
  const entries = Object.entries(schema).map(([key, value]) => [key, likelyMember(key, value, pool, name)]);
  return Object.fromEntries(entries);
}

function likelyMember(key: string, value: unknown, pool: Pool, name: string): unknown {
  if (key === 'items') return likely(value, pool, name.replace(/s$/, ''));
  if (key !== 'properties') return likely(value, pool, name);
  const properties = Object.entries(value as JsonSchema);
  return Object.fromEntries(properties.map(([own, schema]) => [own, likely(schema, pool, own)]));
}

function choicesOf(name: string, { type }: JsonSchema, pool: Pool): string[] | undefined {
  if (type !== 'string') return undefined;
  if (name === 'uscc') return Array.from({ length: 20 }, newUscc);
  if (name === 'email') return emails;
  if (name === 'code' || name === 'cityCode') return ['510100', '110100', '330100', '999999'];
  if (name === 'badge') return pool.of('badges');
  if (name in instants) return instantsOf(name);
  if (name.endsWith('Id')) return pool.of(`${name.replace(/Id$/, '')}s`);
  return undefined;
}
