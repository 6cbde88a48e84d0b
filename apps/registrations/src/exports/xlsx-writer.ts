import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';
import type { ExportWriter } from './export-writer.js';
import type { Cell } from './registration-rows.js';
import { rowXml } from './sheet-xml.js';
import { workbookParts, sheetEnd, sheetStart } from './workbook-parts.js';
import { deflated, zipFile, type ZipEntry } from './zip-file.js';

/**
 * A workbook of one sheet, written row by row: what a library makes of a large one in one go holds up everything else in
 * the process. Compression runs beside it, in threads of Node's own.
 */
export class XlsxWriter implements ExportWriter {
  private readonly sheet = createDeflateRaw();
  private readonly compressed: Buffer[] = [];
  private checksum = 0;
  private size = 0;
  private rows = 1;
  private readonly begun: Promise<void>;

  constructor(headers: readonly string[]) {
    this.sheet.on('data', (part: Buffer) => this.compressed.push(part));
    this.begun = this.add(`${sheetStart(headers.length)}${rowXml(headers, this.rows, true)}`);
  }

  async write(rows: readonly (readonly Cell[])[]): Promise<void> {
    await this.begun;
    const text = rows.map((row) => rowXml(row, (this.rows += 1))).join('');
    await this.add(text);
  }

  async end(): Promise<Buffer> {
    await this.begun;
    await this.add(sheetEnd);
    const ended = once(this.sheet, 'end');
    this.sheet.end();
    await ended;
    const sheet: ZipEntry = {
      name: 'xl/worksheets/sheet1.xml',
      checksum: this.checksum,
      size: this.size,
      compressed: Buffer.concat(this.compressed),
    };
    const others = workbookParts('Registrations').map(({ name, text }) => deflated(name, Buffer.from(text)));
    return zipFile([...others, sheet]);
  }

  private async add(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    this.checksum = crc32(bytes, this.checksum);
    this.size += bytes.length;
    if (!this.sheet.write(bytes)) await once(this.sheet, 'drain');
  }
}
