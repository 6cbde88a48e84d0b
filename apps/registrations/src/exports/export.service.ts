import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Caller, ExportedFile, InputOf, exportRegistrationsCsv } from '#contracts';
import { Database } from '#persistence';
import { exportFileName, exportedFile, type FileKind } from '#spreadsheets';
import { JobThread } from '#threads';
import { RegistrationRepository } from '../registrations/registration.repository.js';
import { StopAccess } from '../stops/stop-access.service.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { ExportRowsRepository } from './export-rows.repository.js';
import type { RegistrationFile } from './registration-file.js';

type Query = InputOf<typeof exportRegistrationsCsv>;

/** Registrations read with one statement: some milliseconds of the database's work, and nearly none here. */
const maxRegistrationsAtOnce = 50;

/**
 * Makes the files of a stop's delegates, for its organizer. The rows are handed to a thread as the database wrote them, so
 * that nobody who registers waits for a file.
 */
@Injectable()
export class ExportService implements OnApplicationShutdown {
  private readonly thread = new JobThread<RegistrationFile, Uint8Array>(
    'apps/registrations/src/exports/registration-file.worker.ts',
  );

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
    const bytes = await this.thread.do({
      kind,
      timeZone: stop.timeZone,
      queue: await this.registrations.findQueue(this.database, query.stopId),
      pages: await this.pages(query),
    });
    return exportedFile(kind, exportFileName('registrations', stop, kind), bytes);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread.stop();
  }

  private async pages({ stopId, status }: Query): Promise<string[]> {
    const pages: string[] = [];
    const query = { stopId, statuses: status ?? null };
    for (let after = null; ;) {
      const page = await this.rows.nextPage(this.database, query, after, maxRegistrationsAtOnce);
      if (page === null) return pages;
      pages.push(page.rows);
      after = page.last;
    }
  }
}
