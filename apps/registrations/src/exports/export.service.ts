import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { Problem, type Caller, type InputOf, type OutputOf, type exportRegistrationsCsv } from '#contracts';
import { Database } from '#persistence';
import { RegistrationRepository } from '../registrations/registration.repository.js';
import { StopAccess } from '../stops/stop-access.service.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { CsvWriter } from './csv-writer.js';
import { ExportRowsRepository } from './export-rows.repository.js';
import type { ExportWriter } from './export-writer.js';
import { exportFileName } from './file-name.js';
import { registrationHeaders, registrationRow, type ExportedDelegate } from './registration-rows.js';
import { XlsxWriter } from './xlsx-writer.js';

type ExportedFile = OutputOf<typeof exportRegistrationsCsv>;
type Query = InputOf<typeof exportRegistrationsCsv>;

/** Compressed bytes of a file at most: base64 and all, it has to fit into one message of the broker. */
const maxFileBytes = 2_900_000;
/** Registrations read at once, and rows written at once: some milliseconds of work, then everything else has its turn. */
const maxRegistrationsAtOnce = 50;
const maxRowsAtOnce = 200;

const kinds = {
  csv: { mediaType: 'text/csv; charset=utf-8', Writer: CsvWriter },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    Writer: XlsxWriter,
  },
} as const;

/** Makes the files of a stop's delegates, for its organizer. */
@Injectable()
export class ExportService {
  constructor(
    private readonly database: Database,
    private readonly access: StopAccess,
    private readonly stops: StopProjectionService,
    private readonly registrations: RegistrationRepository,
    private readonly rows: ExportRowsRepository,
  ) {}

  async export(kind: keyof typeof kinds, query: Query, caller: Caller): Promise<ExportedFile> {
    await this.access.organized(query.stopId, caller);
    const stop = await this.stops.describe(query.stopId);
    const { mediaType, Writer } = kinds[kind];
    const writer: ExportWriter = new Writer(registrationHeaders);
    await this.writeRows(writer, query, stop.timeZone);
    const bytes = await promisify(gzip)(await writer.end());
    if (bytes.length > maxFileBytes) {
      throw new Problem(
        'request.too_large',
        'The export is too large for one file. Ask for one status at a time.',
      );
    }
    return { fileName: exportFileName(stop, kind), mediaType, gzipBase64: bytes.toString('base64') };
  }

  private async writeRows(writer: ExportWriter, { stopId, status }: Query, timeZone: string): Promise<void> {
    const queue = await this.registrations.findQueue(this.database, stopId);
    const positions = new Map(queue.map((id, index) => [id, index + 1]));
    for await (const page of this.pages({ stopId, statuses: status ?? null })) {
      for (let from = 0; from < page.length; from += maxRowsAtOnce) {
        const some = page.slice(from, from + maxRowsAtOnce);
        const placed = some.map((row) => ({
          ...row,
          waitlistPosition: positions.get(row.registrationId) ?? null,
        }));
        await writer.write(placed.map((row) => registrationRow(row, timeZone)));
        await nextTurn();
      }
    }
  }

  private async *pages(
    query: Parameters<ExportRowsRepository['nextRows']>[1],
  ): AsyncGenerator<ExportedDelegate[]> {
    let after: readonly [Date, string] | null = null;
    for (;;) {
      const page: ExportedDelegate[] = await this.rows.nextRows(
        this.database,
        query,
        after,
        maxRegistrationsAtOnce,
      );
      const last = page.at(-1);
      if (last === undefined) return;
      yield page;
      after = [last.createdAt, last.registrationId];
    }
  }
}
