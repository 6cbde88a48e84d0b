import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { ExportWriter } from './export-writer.js';
import type { Cell } from './cell.js';
import { rowXml } from './sheet-xml.js';
import { workbookParts, sheetEnd, sheetStart } from './workbook-parts.js';

/** The first day that ZIP knows, so that the same rows give the same file. */
const firstDay = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true };

/**
 * A workbook of one sheet, written row by row: what a library makes of a large one in one go holds up everything else in
 * the process. Compression runs beside it, in threads of Node's own.
 */
export class XlsxWriter implements ExportWriter {
  private readonly sheet = new PassThrough();
  private readonly file: Promise<Buffer>;
  private readonly begun: Promise<void>;
  private rows = 1;

  constructor(headers: readonly string[], sheetName: string) {
    const zip = new ZipFile();
    for (const { name, text } of workbookParts(sheetName)) zip.addBuffer(Buffer.from(text), name, firstDay);
    zip.addReadStream(this.sheet, 'xl/worksheets/sheet1.xml', firstDay);
    zip.end();
    this.file = buffer(zip.outputStream);
    this.begun = this.add(`${sheetStart(headers.length)}${rowXml(headers, this.rows, true)}`);
  }

  async write(rows: readonly (readonly Cell[])[]): Promise<void> {
    await this.begun;
    await this.add(rows.map((row) => rowXml(row, (this.rows += 1))).join(''));
  }

  async end(): Promise<Buffer> {
    await this.begun;
    this.sheet.end(sheetEnd);
    return this.file;
  }

  private async add(text: string): Promise<void> {
    if (!this.sheet.write(text)) await once(this.sheet, 'drain');
  }
}
