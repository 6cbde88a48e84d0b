import { exportWriter } from '#spreadsheets';
import { doJobs, lowerThreadPriority } from '#threads';
import type { RegistrationFile } from './registration-file.js';
import { registrationHeaders, registrationRow, type ExportedDelegate } from './registration-rows.js';

// Whoever waits for a file waits a little longer on a machine that has too much to do, and who registers does not.
lowerThreadPriority(10);

doJobs<RegistrationFile, Uint8Array<ArrayBuffer>>(
  async ({ kind, timeZone, queue, pages }) => {
    const positions = new Map(queue.map((id, index) => [id, index + 1]));
    const writer = exportWriter(kind, registrationHeaders, 'Registrations');
    for (const page of pages) {
      const rows = JSON.parse(page) as ExportedDelegate[];
      await writer.write(
        rows.map((row) => registrationRow(row, positions.get(row.registrationId) ?? null, timeZone)),
      );
    }
    return new Uint8Array(await writer.end());
  },
  ({ buffer }) => [buffer],
);
