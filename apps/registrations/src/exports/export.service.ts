import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { Problem, type Caller, type InputOf, type OutputOf, type exportRegistrationsCsv } from '#contracts';
import { Database } from '#persistence';
import { CompanyProjectionRepository } from '../companies/company-projection.repository.js';
import { RegistrationQueryService } from '../registrations/registration-query.service.js';
import { RegistrationRepository } from '../registrations/registration.repository.js';
import { StopAccess } from '../stops/stop-access.service.js';
import { csvFile, xlsxFile } from './export-files.js';
import { registrationRows, type ExportedDelegation } from './registration-rows.js';

type ExportedFile = OutputOf<typeof exportRegistrationsCsv>;
type Query = InputOf<typeof exportRegistrationsCsv>;

/** Compressed bytes of a file at most: base64 and all, it has to fit into one message of the broker. */
const maxFileBytes = 2_900_000;

const kinds = {
  csv: { mediaType: 'text/csv; charset=utf-8', write: csvFile },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', write: xlsxFile },
} as const;

/** Makes the files of a stop's delegates, for its organizer. */
@Injectable()
export class ExportService {
  constructor(
    private readonly database: Database,
    private readonly access: StopAccess,
    private readonly companies: CompanyProjectionRepository,
    private readonly registrations: RegistrationRepository,
    private readonly queries: RegistrationQueryService,
  ) {}

  async export(kind: keyof typeof kinds, query: Query, caller: Caller): Promise<ExportedFile> {
    await this.access.organized(query.stopId, caller);
    const rows = registrationRows(await this.delegations(query));
    const bytes = await promisify(gzip)(await kinds[kind].write(rows));
    if (bytes.length > maxFileBytes) {
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
    const filter = { stopId, companyId: null, statuses: status ?? null };
    const stored = await this.registrations.list(this.database, filter, { after: null });
    const positions = await this.queries.waitlistPositions(stopId, stored);
    const names = await this.companies.findNames(
      this.database,
      stored.map(({ companyId }) => companyId),
    );
    return stored.map((one) => ({
      ...one,
      waitlistPosition: positions.get(one.id) ?? null,
      companyName: names.get(one.companyId) ?? {},
      checkedInAt: new Map(
        one.delegates.flatMap(({ id, checkedInAt }) => (checkedInAt ? [[id, checkedInAt]] : [])),
      ),
    }));
  }
}
