import { writeToString } from 'fast-csv';
import type { ExportWriter } from './export-writer.js';
import { guardCell } from './formula-guard.js';
import type { Cell } from './cell.js';

const byteOrderMark = '\ufeff';

/** RFC 4180 with a byte order mark, without which Excel shows Chinese as garbage; no cell can run as a formula. */
export class CsvWriter implements ExportWriter {
  private readonly parts: Buffer[] = [];

  constructor(headers: readonly string[]) {
    this.parts.push(Buffer.from(`${byteOrderMark}${headers.join(',')}\r\n`));
  }

  async write(rows: readonly (readonly Cell[])[]): Promise<void> {
    const lines = rows.map((row) => row.map(textOf));
    const options = { rowDelimiter: '\r\n', includeEndRowDelimiter: true };
    this.parts.push(Buffer.from(await writeToString(lines, options)));
  }

  end(): Promise<Buffer> {
    return Promise.resolve(Buffer.concat(this.parts));
  }
}

function textOf(cell: Cell): string | number {
  if (cell === null || typeof cell === 'number') return cell ?? '';
  return typeof cell === 'string' ? guardCell(cell) : cell.shown;
}
