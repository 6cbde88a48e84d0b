import { Injectable } from '@nestjs/common';
import {
  Problem,
  formatInstant,
  notFound,
  callingCompany,
  isOrganizerOf,
  refuseHiddenStop,
  refuseOthersThanOrganizer,
  type Caller,
  type Certificate,
  type InputOf,
  type OutputOf,
  type StopState,
  type exportCertificates,
  type listCertificates,
} from '#contracts';
import type { CallContext } from '#messaging';
import {
  Database,
  UnitOfWork,
  cutPage,
  decodeIdCursor,
  newId,
  refuseStaleVersion,
  type TransactionContext,
} from '#persistence';
import { CodeDerivation } from '../codes/code-derivation.service.js';
import { CodeRepository } from '../codes/code.repository.js';
import { LedgerJournal } from '../ledger/ledger-journal.service.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { auditedCertificate, refuseEnded, shownCertificate, type CertificateRecord } from './certificate.js';
import { CertificateRepository } from './certificate.repository.js';
import { HoldersService, speakerKey, type Holder } from './holders.service.js';

/** Certificates of attendance and speaking. */
@Injectable()
export class CertificateService {
  private readonly codeOf: (id: string) => string;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly certificates: CertificateRepository,
    private readonly holders: HoldersService,
    private readonly stops: StopProjectionService,
    private readonly codes: CodeRepository,
    private readonly derivation: CodeDerivation,
    private readonly journal: LedgerJournal,
  ) {
    this.codeOf = (id) => derivation.codeOf('certificate', id);
  }

  /** Makes those that are missing; what is there already stays, and so does what was revoked. */
  async issue(call: CallContext, stopId: string): Promise<{ issued: number }> {
    const stop = await this.stops.getPresent(stopId);
    refuseOthersThanOrganizer(call.caller, stop, 'stop');
    const now = new Date();
    refuseEarly(stop, now);
    const holders = [
      ...(await this.holders.delegatesOf(stopId, { checkedIn: true })),
      ...(await this.holders.speakersOf(stopId)),
    ].filter(({ name }) => name !== '');
    const records = holders.map((holder) => issued(stop, holder, now));
    return this.unitOfWork.run(call, async (tx) => {
      const ids = records.length === 0 ? [] : await this.certificates.insertMissing(tx.manager, records);
      if (ids.length > 0) await this.giveCodes(tx, ids);
      const after = { issued: ids.length };
      this.journal.record(
        tx,
        'certificate.issue',
        { id: stopId, organizationId: stop.organizationId },
        null,
        after,
      );
      return after;
    });
  }

  async list(
    caller: Caller,
    query: InputOf<typeof listCertificates>,
  ): Promise<OutputOf<typeof listCertificates>> {
    const stop = await this.stops.get(query.stopId);
    refuseHiddenStop(caller, stop);
    if (caller.role === 'organizer' && !isOrganizerOf(caller, stop)) throw notFound('stop');
    const rows = await this.certificates.list(this.database, query.stopId, {
      companyId: isOrganizerOf(caller, stop) ? null : callingCompany(caller),
      after: decodeIdCursor(query.cursor),
      take: query.limit + 1,
    });
    const { items, nextCursor } = cutPage(rows, query.limit, ({ id }) => [id]);
    return { items: items.map((one) => shownCertificate(one, this.codeOf)), nextCursor };
  }

  /** Those of the caller's people, of all stops. */
  async export(
    caller: Caller,
    { cursor, limit }: InputOf<typeof exportCertificates>,
  ): Promise<OutputOf<typeof exportCertificates>> {
    const page = { after: decodeIdCursor(cursor), take: limit + 1 };
    const rows = await this.certificates.listOfCompany(this.database, callingCompany(caller), page);
    const { items, nextCursor } = cutPage(rows, limit, ({ id }) => [id]);
    return { items: items.map((one) => shownCertificate(one, this.codeOf)), nextCursor };
  }

  /** A certificate for its organizer and its company; all others find none. */
  async findFor(caller: Caller, id: string): Promise<CertificateRecord> {
    const found = await this.certificates.find(this.database, id);
    const isOwn = caller.role === 'company' && found?.companyId === caller.companyId;
    if (found === null || !(isOrganizerOf(caller, found) || isOwn)) throw notFound('certificate');
    return found;
  }

  async revoke(call: CallContext, id: string, reason: string): Promise<Certificate> {
    await this.findOwn(call, id);
    return this.unitOfWork.run(call, async (tx) => {
      const before = await this.lock(tx, call, id);
      return this.end(tx, 'revoke', before, { ...before, status: 'revoked', reason });
    });
  }

  /** A new one with the holder's present name, in place of the old one. */
  async replace(call: CallContext, id: string): Promise<Certificate> {
    const found = await this.findOwn(call, id);
    const name = await this.presentName(found);
    return this.unitOfWork.run(
      call,
      async (tx) => {
        const before = await this.lock(tx, call, id);
        const next = {
          ...before,
          id: newId(),
          holder: name,
          issuedAt: formatInstant(new Date()),
          version: 1,
        };
        await this.end(tx, 'replace', before, { ...before, status: 'replaced', replacedBy: next.id });
        await this.certificates.insertMissing(tx.manager, [next]);
        await this.giveCodes(tx, [next.id]);
        return shownCertificate(next, this.codeOf);
      },
      (certificate) => certificate.id,
    );
  }

  private async end(
    tx: TransactionContext,
    action: string,
    before: CertificateRecord,
    ended: CertificateRecord,
  ): Promise<Certificate> {
    const after = { ...ended, version: before.version + 1 };
    await this.certificates.end(tx.manager, after);
    this.journal.record(
      tx,
      `certificate.${action}`,
      after,
      auditedCertificate(before),
      auditedCertificate(after),
    );
    return shownCertificate(after, this.codeOf);
  }

  private async lock(tx: TransactionContext, call: CallContext, id: string): Promise<CertificateRecord> {
    const before = await this.certificates.lock(tx.manager, id);
    refuseStaleVersion(call, before.version);
    refuseEnded(before);
    return before;
  }

  private async giveCodes({ manager }: TransactionContext, ids: readonly string[]): Promise<void> {
    const codes = ids.map((id) => ({ id, hash: this.derivation.hashOf(this.codeOf(id)) }));
    await this.codes.insert(manager, 'certificate', codes);
  }

  private async findOwn(call: CallContext, id: string): Promise<CertificateRecord> {
    const found = await this.certificates.find(this.database, id);
    if (found === null) throw notFound('certificate');
    refuseOthersThanOrganizer(call.caller, found, 'certificate');
    return found;
  }

  private async presentName({
    registrationId,
    delegateId,
    sessionId,
    speakerId,
  }: CertificateRecord): Promise<string> {
    const holder =
      registrationId === null
        ? (await this.holders.speakersBy([sessionId ?? ''])).get(speakerKey({ sessionId, speakerId }))
        : (await this.holders.peopleOf([registrationId])).get(delegateId ?? '');
    if (holder === undefined || holder.name === '')
      throw new Problem('certificate.invalid_transition', 'The holder is not known any more.');
    return holder.name;
  }
}

function refuseEarly({ status, startsAt }: StopState, now: Date): void {
  if (status === 'cancelled') throw new Problem('stop.cancelled', 'The stop was cancelled.');
  if (status === 'draft' || Date.parse(startsAt) > now.getTime())
    throw new Problem('stop.not_started', 'Certificates are issued from the start of the stop on.');
}

function issued(stop: StopState, holder: Holder, now: Date): CertificateRecord {
  const { kind, registrationId, delegateId, sessionId, speakerId, companyId, sessionTitle, name } = holder;
  return {
    id: newId(),
    stopId: stop.id,
    organizationId: stop.organizationId,
    kind,
    registrationId,
    delegateId,
    sessionId,
    speakerId,
    companyId,
    sessionTitle,
    holder: name,
    status: 'valid',
    reason: null,
    replacedBy: null,
    issuedAt: formatInstant(now),
    version: 1,
  };
}
