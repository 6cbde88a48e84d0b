import { Injectable } from '@nestjs/common';
import { formatInstant, notFound } from '#contracts';
import { jsonArray, plainArray, textArray, type Reader, type Transaction } from '#persistence';
import type { CertificateRecord } from './certificate.js';

type Row = Omit<CertificateRecord, 'issuedAt'> & { issuedAt: Date };

const columns = `id, stop_id AS "stopId", organization_id AS "organizationId", kind, registration_id AS "registrationId",
  delegate_id AS "delegateId", session_id AS "sessionId", speaker_id AS "speakerId", company_id AS "companyId",
  session_title AS "sessionTitle", holder, status, reason, replaced_by AS "replacedBy", issued_at AS "issuedAt", version`;

/** The rows of certificates. */
@Injectable()
export class CertificateRepository {
  async find(manager: Reader, id: string): Promise<CertificateRecord | null> {
    const rows = (await manager.query(`SELECT ${columns} FROM certificates WHERE id = $1`, [id])) as Row[];
    return rows.map(recordOf)[0] ?? null;
  }

  async lock(manager: Transaction, id: string): Promise<CertificateRecord> {
    const sql = `SELECT ${columns} FROM certificates WHERE id = $1 FOR UPDATE`;
    const [row] = (await manager.query(sql, [id])) as Row[];
    if (row === undefined) throw notFound('certificate');
    return recordOf(row);
  }

  async list(
    manager: Reader,
    stopId: string,
    { companyId, after, take }: { companyId: string | null; after: string | null; take: number },
  ): Promise<CertificateRecord[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM certificates
        WHERE stop_id = $1 AND ($2::uuid IS NULL OR company_id = $2) AND ($3::uuid IS NULL OR id > $3)
        ORDER BY id LIMIT $4`,
      [stopId, companyId, after, take],
    )) as Row[];
    return rows.map(recordOf);
  }

  /** Of one company's people at all stops, in the order of their ids. */
  async listOfCompany(
    manager: Reader,
    companyId: string,
    { after, take }: { after: string | null; take: number },
  ): Promise<CertificateRecord[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM certificates WHERE company_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [companyId, after, take],
    )) as Row[];
    return rows.map(recordOf);
  }

  /** Those whose holders may have to be erased, in the order of their ids. */
  async listNamed(
    manager: Reader,
    { after, take }: { after: string | null; take: number },
  ): Promise<CertificateRecord[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM certificates WHERE holder <> '' AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
      [after, take],
    )) as Row[];
    return rows.map(recordOf);
  }

  /** @returns the ids of those that are new; who has one for the same thing keeps it */
  async insertMissing(manager: Transaction, records: readonly CertificateRecord[]): Promise<string[]> {
    const text = (of: (record: CertificateRecord) => string | null) => textArray(records.map(of));
    const ids = (of: (record: CertificateRecord) => string | null) => plainArray(records.map(of));
    const rows = (await manager.query(
      `INSERT INTO certificates (id, stop_id, organization_id, kind, registration_id, delegate_id, session_id, speaker_id,
                                 company_id, session_title, holder, status, issued_at, version)
       SELECT id, stop_id, organization_id, kind, registration_id, delegate_id, session_id, speaker_id, company_id,
              session_title, holder, 'valid', issued_at, 1
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[],
                     $9::uuid[], $10::jsonb[], $11::text[], $12::timestamptz[])
           AS given (id, stop_id, organization_id, kind, registration_id, delegate_id, session_id, speaker_id, company_id,
                     session_title, holder, issued_at)
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        ids(({ id }) => id),
        ids(({ stopId }) => stopId),
        ids(({ organizationId }) => organizationId),
        text(({ kind }) => kind),
        ids(({ registrationId }) => registrationId),
        ids(({ delegateId }) => delegateId),
        ids(({ sessionId }) => sessionId),
        ids(({ speakerId }) => speakerId),
        ids(({ companyId }) => companyId),
        jsonArray(
          records.map(({ sessionTitle }) => (sessionTitle === null ? null : JSON.stringify(sessionTitle))),
        ),
        text(({ holder }) => holder),
        text(({ issuedAt }) => issuedAt),
      ],
    )) as { id: string }[];
    return rows.map(({ id }) => id);
  }

  /** What may still change of a certificate that was issued. */
  async end(
    manager: Transaction,
    { id, status, reason, replacedBy, version }: CertificateRecord,
  ): Promise<void> {
    await manager.query(
      `UPDATE certificates SET status = $2, reason = $3, replaced_by = $4, version = $5 WHERE id = $1`,
      [id, status, reason, replacedBy, version],
    );
  }

  async eraseHolders(manager: Transaction, ids: readonly string[]): Promise<void> {
    await manager.query(
      `UPDATE certificates SET holder = '', version = version + 1 WHERE id = ANY ($1::uuid[]) AND holder <> ''`,
      [plainArray(ids)],
    );
  }
}

function recordOf(row: Row): CertificateRecord {
  return { ...row, issuedAt: formatInstant(row.issuedAt) };
}
