import { controls, directionControls } from './text-flaws.js';

/** Members of a file that a session has no field for: any JSON. */
export type Members = Record<string, unknown>;

/** The members that may hold the name of a person. */
export const nameMembers: ReadonlySet<string> = new Set(['name', 'public_name', 'full_public_name']);

/** What of a file is given back, and in words what is not. */
export type Kept = { members: Members; dropped: string[] };

/** Larger than anything that real schedules hold; beyond these a member is left out and named. */
const [maxMemberLength, maxMembers, maxNameLength] = [20_000, 100, 100];
/** Never given to the public: answers to an organizer's questions, and whatever reaches a person. */
const privateName = /^answers$|e-?mail/iu;
const address = /^(?:mailto:)?[^\s@<>/:]+@[^\s@<>/:]+\.[^\s@<>/:]+$/iu;

/** The members that come back out as they came, of an entry or a person. */
export function keptMembers(all: Members, known: ReadonlySet<string>): Kept {
  const dropped: string[] = [];
  const others = Object.entries(all).filter(([name]) => !known.has(name));
  const kept = others.slice(0, maxMembers).flatMap(([name, value]) => {
    const given = withoutAddresses(name, value);
    if (isEmptied(value, given)) {
      if (!isEmpty(value)) dropped.push(`“${name.slice(0, maxNameLength)}”, which is not published`);
      return [];
    }
    const isTooLong = name.length > maxNameLength || (JSON.stringify(given)?.length ?? 0) > maxMemberLength;
    if (!isTooLong) return [[storable(name), given] as const];
    dropped.push(`“${name.slice(0, maxNameLength)}”, which is too long`);
    return [];
  });
  if (others.length > maxMembers)
    dropped.push(`${others.length - maxMembers} members of more than ${maxMembers}`);
  return { members: Object.fromEntries(kept), dropped };
}

/** The value without private members and addresses at any depth; undefined where it is one itself. */
function withoutAddresses(name: string, value: unknown): unknown {
  if (privateName.test(name)) return undefined;
  if (typeof value === 'string') return address.test(value.trim()) ? undefined : storable(value);
  if (Array.isArray(value)) {
    return value.map((one) => withoutAddresses('', one)).filter((one) => one !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).flatMap(([inner, member]) => {
    const given = withoutAddresses(inner, member);
    return given === undefined ? [] : [[storable(inner), given] as const];
  });
  return Object.fromEntries(members);
}

function isEmptied(value: unknown, given: unknown): boolean {
  return value !== undefined && given === undefined;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Without what every other text of the file loses; PostgreSQL stores no NUL and no half characters. */
function storable(text: string): string {
  return text.toWellFormed().replace(controls, '').replace(directionControls, '');
}
