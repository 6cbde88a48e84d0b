import { Injectable } from '@nestjs/common';
import {
  Problem,
  notFound,
  type InputOf,
  type OutputOf,
  type SessionStatus,
  type removeSignup,
  type signUpDelegates,
} from '#contracts';
import type { CallContext } from '#messaging';
import { UnitOfWork, type TransactionContext, type Transaction } from '#persistence';
import type { DelegationStatus } from '../seats/delegation.js';
import { readStop } from '../seating/seat-rows.repository.js';
import type { Interval, SessionSeats } from './session-seats.js';
import { SessionRepository } from './session.repository.js';
import { signUp, type SigningDelegate } from './sign-up.js';

export interface SessionRow {
  sessionId: string;
  stopId: string;
  organizationId: string;
  companyId: string | null;
  status: SessionStatus;
  startsAt: Date | null;
  endsAt: Date | null;
  seats: number | null;
  taken: number;
}

/**
 * Sign-ups to sessions. Two locks hold the rules: the session's row for the room's seats, and the registration's row
 * for "no two at once" and "confirmed", since all delegates of one call belong to one registration. An exclusion
 * constraint on the times can't hold the second: a session that is moved onto another keeps the sign-ups of both.
 */
@Injectable()
export class SignUpRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: SessionRepository,
  ) {}

  async signUp(
    { id, body }: InputOf<typeof signUpDelegates>,
    call: CallContext,
  ): Promise<OutputOf<typeof signUpDelegates>> {
    await this.sessions.require(id);
    const companyId = call.caller.companyId ?? '';
    return this.unitOfWork.run(call, async (tx) => {
      const session = await lockSession(tx.manager, id);
      const stop = await readStop(tx.manager, session.stopId);
      if (stop === undefined) throw notFound('session');
      const registrationId = await lockLive(tx.manager, session.stopId, companyId);
      const delegates = await signingDelegates(tx.manager, session, companyId, body.delegateIds);
      const result = signUp(
        { stop, session: seatsOf(session), delegates },
        companyId,
        body.delegateIds,
        new Date(),
      );
      if (!result.accepted) throw new Problem(result.refusal.code, result.refusal.detail);
      if (registrationId !== undefined && result.signedUp.length > 0) {
        await insertSignUps(tx.manager, id, registrationId, result.signedUp);
        auditSignUp(tx, session, registrationId, 'registration.sign_up', null, result.signedUp);
      }
      return { seats: result.seats };
    });
  }

  /** Takes one sign-up back: the company its own delegate's, the organizer anybody's. */
  async remove({ id, delegateId }: InputOf<typeof removeSignup>, call: CallContext): Promise<null> {
    const { role, companyId, organizationId } = call.caller;
    return this.unitOfWork.run(call, async (tx) => {
      const [rows] = (await tx.manager.query(
        `DELETE FROM sign_ups u USING sessions s, registrations r
          WHERE u.session_id = $1 AND u.delegate_id = $2
            AND s.session_id = u.session_id AND r.id = u.registration_id
            AND (($3 = 'company' AND r.company_id = $4::uuid) OR ($3 = 'organizer' AND s.organization_id = $5::uuid))
         RETURNING u.registration_id AS "registrationId", s.organization_id AS "organizationId"`,
        [id, delegateId, role, companyId ?? null, organizationId ?? null],
      )) as [{ registrationId: string; organizationId: string }[], number];
      const [row] = rows;
      if (row === undefined) throw notFound('sign-up');
      auditSignUp(
        tx,
        { sessionId: id, ...row },
        row.registrationId,
        'registration.end_sign_up',
        [delegateId],
        null,
      );
      return null;
    });
  }
}

export const sessionColumns = `
  s.session_id AS "sessionId", s.stop_id AS "stopId", s.organization_id AS "organizationId",
  s.company_id AS "companyId", s.status, s.starts_at AS "startsAt", s.ends_at AS "endsAt",
  (SELECT seats FROM rooms WHERE rooms.stop_id = s.stop_id AND rooms.room_id = s.room_id) AS seats,
  (SELECT count(*)::integer FROM sign_ups u WHERE u.session_id = s.session_id) AS taken`;

/** Locked first and counted then: a count beside the lock would be as old as the wait for it. */
async function lockSession(manager: Transaction, id: string): Promise<SessionRow> {
  await manager.query('SELECT 1 FROM sessions WHERE session_id = $1 FOR UPDATE', [id]);
  const [session] = (await manager.query(`SELECT ${sessionColumns} FROM sessions s WHERE s.session_id = $1`, [
    id,
  ])) as SessionRow[];
  if (session === undefined) throw notFound('session');
  return session;
}

export function seatsOf({
  sessionId,
  companyId,
  status,
  startsAt,
  endsAt,
  seats,
  taken,
}: SessionRow): SessionSeats {
  const during = status === 'scheduled' && startsAt !== null && endsAt !== null ? { startsAt, endsAt } : null;
  return { sessionId, companyId, status, during, seats: seats ?? 0, taken };
}

/** The company's live registration; no seat of it can be taken away while it is locked. */
async function lockLive(
  manager: Transaction,
  stopId: string,
  companyId: string,
): Promise<string | undefined> {
  const rows = (await manager.query(
    `SELECT id FROM registrations
      WHERE stop_id = $1 AND company_id = $2 AND status IN ('confirmed', 'pending', 'waitlisted')
      FOR NO KEY UPDATE`,
    [stopId, companyId],
  )) as { id: string }[];
  return rows[0]?.id;
}

async function signingDelegates(
  manager: Transaction,
  { sessionId, stopId }: SessionRow,
  companyId: string,
  delegateIds: readonly string[],
): Promise<SigningDelegate[]> {
  const rows = (await manager.query(
    `SELECT d.id, r.company_id AS "companyId", r.status,
            EXISTS (SELECT 1 FROM sign_ups u WHERE u.session_id = $1 AND u.delegate_id = d.id) AS "signedUp",
            (SELECT json_agg(json_build_object('startsAt', s.starts_at, 'endsAt', s.ends_at))
               FROM sign_ups u JOIN sessions s USING (session_id)
              WHERE u.delegate_id = d.id AND u.session_id <> $1 AND s.status = 'scheduled') AS busy
       FROM delegates d JOIN registrations r ON r.id = d.registration_id
      WHERE r.stop_id = $2 AND r.company_id = $3 AND d.id = ANY($4::uuid[])`,
    [sessionId, stopId, companyId, delegateIds],
  )) as {
    id: string;
    companyId: string;
    status: DelegationStatus;
    signedUp: boolean;
    busy: { startsAt: string; endsAt: string }[] | null;
  }[];
  return rows.map((row) => ({ ...row, busy: (row.busy ?? []).map(intervalOf) }));
}

function intervalOf({ startsAt, endsAt }: { startsAt: string; endsAt: string }): Interval {
  return { startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
}

async function insertSignUps(
  manager: Transaction,
  sessionId: string,
  registrationId: string,
  delegateIds: readonly string[],
): Promise<void> {
  await manager.query(
    `INSERT INTO sign_ups (session_id, registration_id, created_at, delegate_id)
     SELECT $1, $2, $3, * FROM unnest($4::uuid[])`,
    [sessionId, registrationId, new Date(), delegateIds],
  );
}

function auditSignUp(
  tx: TransactionContext,
  { sessionId, organizationId }: { sessionId: string; organizationId: string },
  registrationId: string,
  action: string,
  before: readonly string[] | null,
  after: readonly string[] | null,
): void {
  const lineOf = (delegateIds: readonly string[] | null) => delegateIds && { sessionId, delegateIds };
  tx.audit({
    resourceType: 'registration',
    resourceId: registrationId,
    action,
    organizationId,
    before: lineOf(before),
    after: lineOf(after),
  });
}
