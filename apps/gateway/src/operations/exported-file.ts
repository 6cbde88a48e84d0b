import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { ExportedFile } from '#contracts';
import type { ResponseFormat } from './operation.js';

const unpack = promisify(gunzip);

export const csvType = 'text/csv; charset=utf-8';
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A file that a service made, as a download. */
export const exportedFile = (mediaType: string): ResponseFormat => ({
  mediaType,
  render: (output: ExportedFile) => unpack(Buffer.from(output.gzipBase64, 'base64')),
  fileName: (output: ExportedFile) => output.fileName,
});
