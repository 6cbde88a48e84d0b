import fc from 'fast-check';
import type { Actor, Command } from '../command.js';
import type { VerificationStatus } from '../decision.js';
import { aDelegate, aStop, at } from './seats.builders.js';
import type { ModelDelegation, SeatsModel } from './seats.model.js';
import type { StopSnapshot } from '../stop-seats.js';

/** For tests only. A step still without ids: which registration it means is decided by the model as it then is. */
export interface Step {
  readonly kind: Command['kind'];
  readonly company: number;
  readonly nth: number;
  readonly actor: 'owner' | 'organizer' | 'strange company' | 'strange organizer';
  readonly ifMatch: 'none' | 'current' | 'stale';
  readonly emails: readonly string[];
  readonly stop: Partial<StopSnapshot>;
  readonly repeatsStopVersion: boolean;
}

export interface History {
  readonly stop: StopSnapshot;
  readonly batches: readonly { readonly now: Date; readonly steps: readonly Step[] }[];
}

/** Four companies the organizer has a view on, and one it has never looked at. */
export const standings: ReadonlyMap<string, VerificationStatus> = new Map([
  ['c0', 'verified'],
  ['c1', 'verified'],
  ['c2', 'verified'],
  ['c3', 'unverified'],
  ['c4', 'suspended'],
]);
const companies = 7;

const weighted = <T>(usual: T, times: number, ...others: T[]): fc.Arbitrary<T> =>
  fc.constantFrom(...Array.from({ length: times }, () => usual), ...others);

const terms: { [Field in keyof StopSnapshot]?: fc.Arbitrary<StopSnapshot[Field]> } = {
  capacity: fc.integer({ min: 1, max: 9 }),
  maxDelegatesPerCompany: weighted(10, 3, 2, 3),
  approval: weighted('automatic', 2, 'manual'),
  waitlist: weighted(true, 5, false),
  waitlistPolicy: fc.constantFrom('strict', 'first_fit'),
  verifiedOnly: weighted(false, 5, true),
  timeZone: fc.constant('Asia/Shanghai'),
};

const changedStop = fc.record(
  {
    ...terms,
    status: weighted<StopSnapshot['status']>('published', 12, 'completed', 'cancelled', 'draft'),
    opensAt: weighted(at('08:00'), 6, at('08:59')),
    closesAt: weighted(at('10:00'), 6, at('09:01')),
    startsAt: weighted(at('10:30'), 6, at('08:30')),
    changesUntil: weighted(at('10:45'), 6, at('10:00'), at('08:59')),
    endsAt: weighted(at('12:00'), 6, at('13:00'), at('09:30')),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Partial<StopSnapshot>>;

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom<Command['kind'][]>(
    ...Array.from({ length: 6 }, () => 'register' as const),
    'cancel',
    'cancel',
    'approve',
    'decline',
    'addDelegate',
    'substituteDelegate',
    'removeDelegate',
    'reissueBadge',
    'erase',
    'stopChanged',
  ),
  company: fc.nat(companies - 1),
  nth: fc.nat(9),
  actor: weighted<Step['actor']>(
    'owner',
    4,
    'organizer',
    'organizer',
    'strange company',
    'strange organizer',
  ),
  ifMatch: weighted<Step['ifMatch']>('none', 3, 'current', 'stale'),
  emails: fc.array(fc.constantFrom('a@x.cn', 'A@x.cn', 'b@x.cn', 'c@x.cn', 'd@x.cn', 'e@x.cn', 'f@x.cn'), {
    minLength: 1,
    maxLength: 4,
  }),
  stop: changedStop,
  repeatsStopVersion: weighted(false, 5, true),
});

/** Mostly inside the window; clocks of replicas differ, so time may also step back. */
const clock = weighted(
  at('09:00'),
  6,
  at('07:59'),
  at('08:00'),
  at('09:59'),
  at('10:00'),
  at('10:29'),
  at('10:40'),
  at('11:00'),
  at('12:00'),
);

export const histories: fc.Arbitrary<History> = fc.record({
  stop: fc
    .record({ ...terms, status: weighted<StopSnapshot['status']>('published', 9, 'draft') })
    .map((some) => ({ ...aStop, ...some }) as StopSnapshot),
  batches: fc.array(fc.record({ now: clock, steps: fc.array(step, { minLength: 1, maxLength: 7 }) }), {
    minLength: 1,
    maxLength: 7,
  }),
});

/** The command that a step means, now that the model has come this far; `serial` makes its ids its own. */
export function commandOf(step: Step, model: SeatsModel, serial: number): Command {
  if (step.kind === 'stopChanged') {
    const stopVersion = model.stop.stopVersion + (step.repeatsStopVersion ? 0 : 1);
    const status = lawfulStatus(model.stop.status, step.stop.status);
    return { kind: 'stopChanged', stop: { ...model.stop, ...step.stop, status, stopVersion } };
  }
  if (step.kind === 'register') {
    const delegates = step.emails.map((email, index) => aDelegate(`d${serial}-${index}`, email));
    return {
      kind: 'register',
      companyId: `c${step.company}`,
      registrationId: `r${serial}`,
      delegates,
      note: null,
      consentTextVersion: null,
    };
  }
  const recent = model.all.slice(-9);
  const target = recent[recent.length - 1 - step.nth];
  const common = {
    by: actorOf(step, target),
    registrationId: target?.id ?? 'r-none',
    ...ifMatchOf(step, target),
  };
  return amendment(step, step.kind, common, target, serial);
}

/** The stops service moves draft → published → completed | cancelled and draft → cancelled; the last two are final. */
function lawfulStatus(
  from: StopSnapshot['status'],
  to: StopSnapshot['status'] = from,
): StopSnapshot['status'] {
  if (from === 'draft') return to === 'completed' ? from : to;
  return from === 'published' && to !== 'draft' ? to : from;
}

function amendment(
  step: Step,
  kind: Exclude<Command['kind'], 'register' | 'stopChanged'>,
  common: { by: Actor; registrationId: string; ifMatch?: number },
  target: ModelDelegation | undefined,
  serial: number,
): Command {
  const [email = 'z@x.cn'] = step.emails;
  const delegateId = target?.people[step.company % (target.people.length + 1)]?.id ?? 'd-none';
  switch (kind) {
    case 'cancel':
    case 'approve':
    case 'decline':
      return { kind, ...common };
    case 'addDelegate':
      return { kind, ...common, delegate: aDelegate(`d${serial}`, email) };
    case 'removeDelegate':
      return { kind, ...common, delegateId };
    case 'reissueBadge':
      return { kind, ...common, delegateId, newBadge: `badge-new-${serial}` };
    case 'erase':
      return { kind, ...common, delegateId: step.company % 3 === 0 ? null : delegateId };
    case 'substituteDelegate': {
      const patch = step.nth % 2 === 0 ? { email } : { name: `Other ${step.nth}` };
      return { kind, ...common, delegateId, patch, newBadge: `badge-new-${serial}` };
    }
  }
}

function actorOf({ actor }: Step, target: ModelDelegation | undefined): Actor {
  switch (actor) {
    case 'owner':
      return { role: 'company', companyId: target?.companyId ?? 'c0' };
    case 'strange company':
      return { role: 'company', companyId: 'c-strange' };
    case 'organizer':
      return { role: 'organizer', organizationId: aStop.organizationId };
    case 'strange organizer':
      return { role: 'organizer', organizationId: 'organization-strange' };
  }
}

function ifMatchOf({ ifMatch }: Step, target: ModelDelegation | undefined): { ifMatch?: number } {
  if (ifMatch === 'none' || target === undefined) return {};
  return { ifMatch: ifMatch === 'current' ? target.version : target.version - 1 };
}
