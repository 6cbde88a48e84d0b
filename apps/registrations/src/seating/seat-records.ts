import type { DataOf, registrationChanged } from '#contracts';
import type { Command } from '../seats/command.js';
import type { Accepted, Outcome, Promotion } from '../seats/decision.js';
import {
  type Delegate,
  type Delegation,
  type DelegationStatus,
  delegateChanges,
} from '../seats/delegation.js';

/** One line of the audit, as far as the decision tells it; ids, states, counts and field names, no personal data. */
export interface SeatAudit {
  readonly registrationId: string;
  readonly action: string;
  readonly before: object | null;
  readonly after: object | null;
}

/** A sign-up that went with the seat of its delegate. */
export interface EndedSignUp {
  readonly sessionId: string;
  readonly delegateId: string;
  readonly registrationId: string;
}

const actions = {
  register: 'registration.create',
  cancel: 'registration.cancel',
  approve: 'registration.approve',
  decline: 'registration.decline',
  addDelegate: 'registration.add_delegate',
  substituteDelegate: 'registration.substitute_delegate',
  removeDelegate: 'registration.remove_delegate',
  reissueBadge: 'registration.reissue_badge',
  erase: 'registration.erase_delegate',
} as const satisfies Record<Exclude<Command['kind'], 'stopChanged'>, string>;

/** What one accepted command leaves in the audit: a line for its own registration, and one for each promotion. */
export function auditsOf(
  stopId: string,
  { kind }: Command,
  decision: Accepted,
  reason?: string,
): SeatAudit[] {
  const { before, after, promotions } = decision;
  const promoted = promotions.map((one) => promotionAudit(stopId, one));
  if (kind === 'stopChanged' || after === null || after === before) return promoted;
  const line = { registrationId: after.id, action: actions[kind] };
  const state = { ...changeAudit(stopId, before, after), ...(reason === undefined ? {} : { reason }) };
  return [{ ...line, before: before && audited(before), after: state }, ...promoted];
}

/** Those whom a batch has named and whom the cancelled stop took with it, not their own cancellation. */
export function cancelledWithStop(
  outcome: Outcome,
): { id: string; was: string; seats: number; version: number }[] {
  const byThemselves = new Set(
    outcome.decisions.flatMap((one) =>
      one.accepted && one.after?.status === 'cancelled' ? [one.after.id] : [],
    ),
  );
  return outcome.changes.flatMap(({ before, after }) => {
    if (after.status !== 'cancelled' || byThemselves.has(after.id)) return [];
    const { id, version, delegates } = after;
    return [{ id, was: before?.status ?? 'confirmed', seats: delegates.length, version }];
  });
}

/** A registration that was cancelled together with its stop. */
export function stopCancelledAudit(
  stopId: string,
  row: { id: string; was: string; seats: number; version: number },
): SeatAudit {
  const { id, was, seats, version } = row;
  return {
    registrationId: id,
    action: 'registration.cancel',
    before: { status: was, seats, version: version - 1 },
    after: { status: 'cancelled', seats, version, stopId },
  };
}

/** One line for each registration and session, as where a sign-up ends by itself. */
export function endedSignUpAudits(ended: readonly EndedSignUp[]): SeatAudit[] {
  const lines = new Map<string, { registrationId: string; sessionId: string; delegateIds: string[] }>();
  for (const { registrationId, sessionId, delegateId } of ended) {
    const key = `${registrationId} ${sessionId}`;
    const line = lines.get(key) ?? { registrationId, sessionId, delegateIds: [] };
    line.delegateIds.push(delegateId);
    lines.set(key, line);
  }
  return [...lines.values()].map(({ registrationId, ...before }) => ({
    registrationId,
    action: 'registration.end_sign_up',
    before,
    after: null,
  }));
}

function promotionAudit(stopId: string, { id, status, seats, version }: Promotion): SeatAudit {
  return {
    registrationId: id,
    action: 'registration.promote',
    before: { status: 'waitlisted', seats, version: version - 1 },
    after: { status, seats, version, stopId },
  };
}

function audited({ status, delegates, version }: Delegation): object {
  return { status, seats: delegates.length, version };
}

function changeAudit(stopId: string, before: Delegation | null, after: Delegation): object {
  const state = { ...audited(after), stopId };
  if (before === null) {
    return {
      ...state,
      companyId: after.companyId,
      ...(after.consent === null ? {} : { consentTextVersion: after.consent.textVersion }),
    };
  }
  const { added, changed, removed } = delegateChanges(before, after);
  const old = new Map(before.delegates.map((delegate) => [delegate.id, delegate]));
  return {
    ...state,
    ...(added.length > 0 ? { addedDelegateIds: added.map(({ id }) => id) } : {}),
    ...(removed.length > 0 ? { removedDelegateIds: removed.map(({ id }) => id) } : {}),
    ...(changed.length > 0
      ? { changedDelegates: changed.map((one) => changedFields(old.get(one.id), one)) }
      : {}),
  };
}

const fields = ['name', 'email', 'mobile', 'jobTitle', 'language'] as const satisfies (keyof Delegate)[];

/** A badge that changes with the person needs no mention. */
function changedFields(before: Delegate | undefined, after: Delegate): object {
  const changed = fields.filter((field) => before?.[field] !== after[field]);
  return { delegateId: after.id, fields: changed.length === 0 ? ['badge'] : changed };
}

/**
 * The states to publish: each registration that changed, as it is after the whole batch.
 * @param unloaded the delegates of those who were promoted without being loaded
 */
export function statesOf(
  stopId: string,
  outcome: Outcome,
  unloaded: ReadonlyMap<string, readonly string[]>,
): DataOf<typeof registrationChanged>[] {
  const changed = outcome.changes.map(({ after }) => {
    const delegateIds = after.delegates.map(({ id }) => id);
    return registrationState(stopId, { ...after, seats: delegateIds.length, delegateIds });
  });
  const promoted = outcome.promotions.map((one) =>
    registrationState(stopId, { ...one, delegateIds: unloaded.get(one.id) ?? [] }),
  );
  return [...changed, ...promoted];
}

export function registrationState(
  stopId: string,
  { id, companyId, status, seats, delegateIds, version }: PublishedDelegation,
): DataOf<typeof registrationChanged> {
  return { registrationId: id, stopId, companyId, status, seats, delegateIds: [...delegateIds], version };
}

interface PublishedDelegation {
  readonly id: string;
  readonly companyId: string;
  readonly status: DelegationStatus;
  readonly seats: number;
  readonly delegateIds: readonly string[];
  readonly version: number;
}
