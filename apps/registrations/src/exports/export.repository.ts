import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import {
  Problem,
  notFound,
  type Caller,
  type InputOf,
  type OutputOf,
  type exportRegistrationsCsv,
} from '#contracts';
import { Database } from '#persistence';
import { RegistrationReads } from '../registrations/registration-reads.repository.js';
import { findDelegations } from '../seating/seat-rows.repository.js';
import { csvFile, xlsxFile } from './export-files.js';
import { registrationRows, type ExportedDelegation } from './registration-rows.js';

type ExportedFile = OutputOf<typeof exportRegistrationsCsv>;
type Query = InputOf<typeof exportRegistrationsCsv>;

/** Compressed bytes of a file at most: base64 and all, it has to fit into one message of the broker. */
const fileBytesMax = 2_900_000;

const kinds = {
  csv: { mediaType: 'text/csv; charset=utf-8', write: csvFile },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', write: xlsxFile },
} as const;

/** The delegates of a stop as a file, for its organizer. */
@Injectable()
export class ExportRepository {
  constructor(
    private readonly database: Database,
    private readonly reads: RegistrationReads,
  ) {}

  async export(kind: keyof typeof kinds, query: Query, caller: Caller): Promise<ExportedFile> {
    const stop = await this.reads.visibleStop(query.stopId, caller);
    if (caller.role !== 'organizer' || caller.organizationId !== stop.organizationId) throw notFound('stop');
    const rows = registrationRows(await this.delegations(query));
    const bytes = await promisify(gzip)(await kinds[kind].write(rows));
    if (bytes.length > fileBytesMax) {
      throw new Problem(
        'request.too_large',
        'The export is too large for one file. Ask for one status at a time.',
      );
    }
    const { mediaType } = kinds[kind];
    return {
      fileName: `registrations-${query.stopId}.${kind}`,
      mediaType,
      gzipBase64: bytes.toString('base64'),
    };
  }

  private async delegations({ stopId, status }: Query): Promise<ExportedDelegation[]> {
    const delegations = await findDelegations(
      this.database,
      'r.stop_id = $1 AND ($2::text[] IS NULL OR r.status = ANY($2)) ORDER BY r.created_at, r.id',
      [stopId, status ?? null],
    );
    const positions = await this.reads.waitlistPositions(stopId, delegations);
    const names = await this.reads.companyNames([...new Set(delegations.map(({ companyId }) => companyId))]);
    const checkedInAt = await this.checkIns(stopId);
    return delegations.map((one) => ({
      ...one,
      waitlistPosition: positions.get(one.id) ?? null,
      companyName: names.get(one.companyId) ?? {},
      checkedInAt,
    }));
  }

  private async checkIns(stopId: string): Promise<Map<string, Date>> {
    const rows = (await this.database.query(
      `SELECT d.id, d.checked_in_at AS at FROM delegates d JOIN registrations r ON r.id = d.registration_id
        WHERE r.stop_id = $1 AND d.checked_in_at IS NOT NULL`,
      [stopId],
    )) as { id: string; at: Date }[];
    return new Map(rows.map(({ id, at }) => [id, at]));
  }
}
