import type { Warning } from '#contracts';
import type { Command } from './command.js';
import { type Delegation, emailKey, isLive } from './delegation.js';

/** A person, known by the e-mail address, in a live delegation of a stop. */
export interface PlacedPerson {
  readonly stopId: string;
  readonly email: string;
  readonly registrationId: string;
}

/** Knows in which delegations of a stop a person is. Being in two is no fault, but seldom meant. */
export class PeopleElsewhere {
  private readonly registrations = new Map<string, Set<string>>();

  constructor(people: readonly PlacedPerson[]) {
    for (const person of people) this.add(person);
  }

  /** The remarks on a change, which counts from then on for those after it. */
  warningsFor(stopId: string, before: Delegation | null, after: Delegation): Warning[] {
    if (before === after || !isLive(after)) return [];
    const known = new Set(before?.delegates.map(({ email }) => emailKey(email)));
    const places = [...after.delegates.entries()];
    const newcomers = places.filter(([, { email }]) => !known.has(emailKey(email)));
    const warnings = newcomers.flatMap(([index, { email }]) => {
      const others = this.registrations.get(keyOf(stopId, email)) ?? new Set();
      const isElsewhere = [...others].some((registrationId) => registrationId !== after.id);
      return isElsewhere ? [elsewhere(index + 1)] : [];
    });
    for (const [, { email }] of newcomers) this.add({ stopId, email, registrationId: after.id });
    return warnings;
  }

  private add({ stopId, email, registrationId }: PlacedPerson): void {
    const key = keyOf(stopId, email);
    this.registrations.set(key, (this.registrations.get(key) ?? new Set()).add(registrationId));
  }
}

/** The addresses that a command brings to a stop. */
export function newEmails(command: Command): string[] {
  if (command.kind === 'register') return command.delegates.map(({ email }) => email);
  if (command.kind === 'addDelegate') return [command.delegate.email];
  if (command.kind === 'substituteDelegate' && command.patch.email !== undefined)
    return [command.patch.email];
  return [];
}

function keyOf(stopId: string, email: string): string {
  return `${stopId} ${emailKey(email)}`;
}

/** By the place and not by the name: answers are kept for repetitions, and a name has to go where it is erased. */
function elsewhere(place: number): Warning {
  const message = `Delegate ${place} of this registration is in another delegation of this stop as well.`;
  return { code: 'delegate.elsewhere', message };
}
