import { writeToBuffer } from 'fast-csv';
import writeXlsxFile from 'write-excel-file/node';
import { registrationHeaders } from './registration-rows.js';

type Rows = readonly (readonly (string | number)[])[];

/** RFC 4180 with a byte order mark, without which Excel shows Chinese as garbage. */
export function csvFile(rows: Rows): Promise<Buffer> {
  return writeToBuffer([[...registrationHeaders], ...rows.map((row) => [...row])], {
    writeBOM: true,
    rowDelimiter: '\r\n',
    includeEndRowDelimiter: true,
  });
}

/** A workbook of one sheet whose texts are text cells: an id or a mobile number never turns into a number. */
export function xlsxFile(rows: Rows): Promise<Buffer> {
  const heads = registrationHeaders.map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
  const cells = rows.map((row) =>
    row.map((value) => (value === '' ? null : { value, type: typeof value === 'number' ? Number : String })),
  );
  return writeXlsxFile([heads, ...cells] as never, { sheet: 'Registrations' } as never).toBuffer();
}
