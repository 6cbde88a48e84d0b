import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Caller, ExportedFile, InputOf, exportRegistrationsCsv } from '#contracts';
import { Database } from '#persistence';
import { exportFileName, exportWriter, exportedFile, type ExportWriter, type FileKind } from '#spreadsheets';
import { RegistrationRepository } from '../registrations/registration.repository.js';
import { StopAccess } from '../stops/stop-access.service.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { ExportRowsRepository } from './export-rows.repository.js';
import { registrationHeaders, registrationRow, type ExportedDelegate } from './registration-rows.js';

type Query = InputOf<typeof exportRegistrationsCsv>;

/** Registrations read at once, and rows written at once: some milliseconds of work, then everything else has its turn. */
const maxRegistrationsAtOnce = 50;
const maxRowsAtOnce = 200;

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

  async export(kind: FileKind, query: Query, caller: Caller): Promise<ExportedFile> {
    await this.access.organized(query.stopId, caller);
    const stop = await this.stops.describe(query.stopId);
    const writer = exportWriter(kind, registrationHeaders, 'Registrations');
    await this.writeRows(writer, query, stop.timeZone);
    return exportedFile(kind, exportFileName('registrations', stop, kind), writer);
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
