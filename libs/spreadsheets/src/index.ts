export type { Cell, ShownTime } from './cell.js';
export { CsvWriter } from './csv-writer.js';
export type { ExportWriter } from './export-writer.js';
export { exportWriter, exportedFile, type FileKind } from './exported-file.js';
export { exportFileName } from './file-name.js';
export { guardCell } from './formula-guard.js';
export { columnName } from './sheet-xml.js';
export { XlsxWriter } from './xlsx-writer.js';
