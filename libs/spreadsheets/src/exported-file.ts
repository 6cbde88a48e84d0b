import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Problem, type ExportedFile } from '#contracts';
import { CsvWriter } from './csv-writer.js';
import type { ExportWriter } from './export-writer.js';
import { XlsxWriter } from './xlsx-writer.js';

/** Compressed bytes of a file at most: base64 and all, it has to fit into one message of the broker. */
const maxFileBytes = 2_900_000;

export type FileKind = 'csv' | 'xlsx';
const mediaTypes: Readonly<Record<FileKind, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export function exportWriter(kind: FileKind, headers: readonly string[], sheetName: string): ExportWriter {
  return kind === 'csv' ? new CsvWriter(headers) : new XlsxWriter(headers, sheetName);
}

/** A file as one message. @throws Problem `request.too_large` */
export async function exportedFile(
  kind: FileKind,
  fileName: string,
  file: Uint8Array,
): Promise<ExportedFile> {
  const bytes = await promisify(gzip)(file);
  if (bytes.length > maxFileBytes)
    throw new Problem(
      'request.too_large',
      'The export is too large for one file. Ask for one status at a time.',
    );
  return { fileName, mediaType: mediaTypes[kind], gzipBase64: bytes.toString('base64') };
}
