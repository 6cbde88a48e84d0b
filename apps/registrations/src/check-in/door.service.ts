import { Injectable } from '@nestjs/common';
import QRCode from 'qrcode';
import {
  Problem,
  notFound,
  type Caller,
  type InputOf,
  type OutputOf,
  type getAttendance,
  type getBadge,
} from '#contracts';
import { Database, cutPage, decodeInstantAndIdCursor } from '#persistence';
import { RegistrationQueryService } from '../registrations/registration-query.service.js';
import { shownBadge } from '../seats/delegation.js';
import { StopAccess } from '../stops/stop-access.service.js';
import { whyNoBadge } from './check-in.js';
import { CheckInRepository } from './check-in.repository.js';

/** Answers reads of a stop's door: badges, and who came. */
@Injectable()
export class DoorService {
  constructor(
    private readonly database: Database,
    private readonly access: StopAccess,
    private readonly registrations: RegistrationQueryService,
    private readonly checkIns: CheckInRepository,
  ) {}

  /** The badge as a QR code; only a confirmed delegate has one. */
  async badge(
    { id, delegateId }: InputOf<typeof getBadge>,
    caller: Caller,
  ): Promise<OutputOf<typeof getBadge>> {
    const { status, delegates } = await this.registrations.find(id, caller);
    const delegate = delegates.find((one) => one.id === delegateId);
    if (delegate === undefined) throw notFound('delegate');
    const badge = shownBadge(status, delegate);
    if (badge === null) throw new Problem('badge.not_valid', whyNoBadge(status));
    return { svg: await QRCode.toString(badge, { type: 'svg', errorCorrectionLevel: 'M' }) };
  }

  async attendance(
    { stopId, cursor, limit }: InputOf<typeof getAttendance>,
    caller: Caller,
  ): Promise<OutputOf<typeof getAttendance>> {
    await this.access.atDoor(stopId, caller);
    const after = decodeInstantAndIdCursor(cursor);
    const counts = await this.checkIns.countAll(this.database, stopId);
    const rows = await this.checkIns.countByCompany(this.database, stopId, after, limit + 1);
    const { items, nextCursor } = cutPage(rows, limit, (row) => [
      row.createdAt.toISOString(),
      row.registrationId,
    ]);
    const companies = items.map(({ createdAt: _createdAt, registrationId: _id, ...one }) => one);
    return { ...counts, noShows: counts.expected - counts.checkedIn, companies, nextCursor };
  }
}
