import { Injectable } from '@nestjs/common';
import QRCode from 'qrcode';
import {
  Problem,
  formatInstant,
  notFound,
  type Caller,
  type InputOf,
  type Localized,
  type OutputOf,
  type checkInDelegate,
  type getAttendance,
  type getBadge,
} from '#contracts';
import type { CallContext } from '#messaging';
import { UnitOfWork, Database, type TransactionContext, type Transaction } from '#persistence';
import { shownBadge } from '../seats/delegation.js';
import { RegistrationReads, type VisibleStop } from '../registrations/registration-reads.repository.js';
import { attendanceOf, type CompanyAttendance } from './attendance.js';
import { checkIn, type ScannedBadge } from './check-in.js';

interface Scanned extends ScannedBadge {
  delegateId: string;
  delegateName: string;
  registrationId: string;
  companyId: string;
}

/** The door of a stop: badges, scans, and who came. */
@Injectable()
export class CheckInRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly reads: RegistrationReads,
  ) {}

  /** The badge as a QR code; only a confirmed delegate has one. */
  async badge(
    { id, delegateId }: InputOf<typeof getBadge>,
    caller: Caller,
  ): Promise<OutputOf<typeof getBadge>> {
    const { delegation } = await this.reads.find(id, caller);
    const delegate = delegation.delegates.find((one) => one.id === delegateId);
    if (delegate === undefined) throw notFound('delegate');
    const badge = shownBadge(delegation.status, delegate);
    if (badge === null)
      throw new Problem('badge.not_valid', 'Only a delegate of a confirmed registration has a badge.');
    return { svg: await QRCode.toString(badge, { type: 'svg', errorCorrectionLevel: 'M' }) };
  }

  async checkIn(
    { stopId, body }: InputOf<typeof checkInDelegate>,
    call: CallContext,
  ): Promise<OutputOf<typeof checkInDelegate>> {
    const stop = await this.doorOf(stopId, call.caller);
    let ofRegistration: string | null = null;
    const change = async (tx: TransactionContext): Promise<OutputOf<typeof checkInDelegate>> => {
      const scanned = (await findBadge(tx.manager, body.badge)) ?? null;
      const at = body.at === undefined ? null : new Date(body.at);
      const result = checkIn(stop, scanned ?? (await findEnded(tx.manager, body.badge)), at, new Date());
      if (!result.accepted) throw problemOf(result.refusal);
      if (scanned === null) throw new Error('A badge of nobody was let in.');
      const { delegateId, delegateName, registrationId, companyId } = scanned;
      ofRegistration = registrationId;
      if (result.changed) {
        await tx.manager.query('UPDATE delegates SET checked_in_at = $2 WHERE id = $1', [
          delegateId,
          result.checkedInAt,
        ]);
        const timeOf = (time: Date | null) => ({ delegateId, checkedInAt: time && formatInstant(time) });
        tx.audit({
          resourceType: 'registration',
          resourceId: registrationId,
          action: 'registration.check_in',
          organizationId: stop.organizationId,
          before: timeOf(scanned.checkedInAt),
          after: timeOf(result.checkedInAt),
        });
      }
      const names = await this.reads.companyNames([companyId]);
      return {
        delegate: { id: delegateId, name: delegateName },
        company: { id: companyId, name: names.get(companyId) ?? {} },
        checkedInAt: formatInstant(result.checkedInAt),
        repeated: result.repeated,
      };
    };
    // The answer names the delegate, so it must be found again when that one is erased.
    return this.unitOfWork.run(call, change, () => ofRegistration);
  }

  async attendance(stopId: string, caller: Caller): Promise<OutputOf<typeof getAttendance>> {
    await this.doorOf(stopId, caller);
    const companies = (await this.database.query(
      `SELECT r.company_id AS "companyId", coalesce(c.name, '{}') AS name, count(*)::integer AS expected,
              count(d.checked_in_at)::integer AS "checkedIn"
         FROM registrations r JOIN delegates d ON d.registration_id = r.id LEFT JOIN companies c USING (company_id)
        WHERE r.stop_id = $1 AND r.status = 'confirmed'
        GROUP BY r.company_id, c.name ORDER BY min(r.created_at), r.company_id`,
      [stopId],
    )) as CompanyAttendance<Localized>[];
    const { companies: rows, ...sums } = attendanceOf(companies);
    return { ...sums, companies: [...rows] };
  }

  /** The stop whose door the caller keeps: staff the one of their key, organizers those of their organization. */
  private async doorOf(stopId: string, caller: Caller): Promise<VisibleStop> {
    const stop = await this.reads.visibleStop(stopId, caller);
    const own = caller.organizationId === stop.organizationId;
    const staff = caller.role === 'staff' && caller.stopId === stopId;
    if (!staff && !(caller.role === 'organizer' && own)) throw notFound('stop');
    return stop;
  }
}

/** The delegate of a badge, locked: of two scans at once the second finds the time of the first. */
async function findBadge(manager: Transaction, badge: string): Promise<Scanned | undefined> {
  const rows = (await manager.query(
    `SELECT d.id AS "delegateId", d.name AS "delegateName", d.checked_in_at AS "checkedInAt",
            r.id AS "registrationId", r.stop_id AS "stopId", r.company_id AS "companyId", r.status,
            false AS ended
       FROM delegates d JOIN registrations r ON r.id = d.registration_id
      WHERE d.badge = $1 FOR UPDATE OF d`,
    [badge],
  )) as Scanned[];
  return rows[0];
}

async function findEnded(manager: Transaction, badge: string): Promise<ScannedBadge | null> {
  const rows = (await manager.query('SELECT stop_id AS "stopId" FROM ended_badges WHERE badge = $1', [
    badge,
  ])) as { stopId: string }[];
  const [row] = rows;
  return row === undefined ? null : { ...row, status: 'cancelled', ended: true, checkedInAt: null };
}

function problemOf({
  code,
  detail,
  errors,
}: Extract<ReturnType<typeof checkIn>, { accepted: false }>['refusal']): Problem {
  return new Problem(code, detail, errors === undefined ? {} : { errors: [...errors] });
}
