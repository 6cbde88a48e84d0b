import type { Cell } from './cell.js';

const xmlSigns: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What no XML may hold, whatever it is written as (XML 1.0, 2.2). */
// eslint-disable-next-line no-control-regex
const notInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** Spreadsheets read `_x0041_` as `A`, unless the line in front is written so itself (ECMA-376, 22.9.2.19). */
const looksEscaped = /_(?=x[0-9a-fA-F]{4}_)/g;

const dayMs = 86_400_000;
/** Day 0 of spreadsheets, as they count since a leap day that 1900 never had. */
const dayZeroMs = Date.UTC(1899, 11, 30);

/** Styles of cells, by their place in the workbook's list. */
export const cellStyles = { plain: 0, header: 1, time: 2 } as const;

/** One row of a sheet (ECMA-376, 18.3.1.73); texts stand in it as texts, so none of them runs or turns into a number. */
export function rowXml(cells: readonly Cell[], rowNumber: number, isHeader = false): string {
  const style = isHeader ? ` s="${cellStyles.header}"` : '';
  const written = cells.map((cell, index) => cellXml(cell, `${columnName(index)}${rowNumber}`, style));
  return `<row r="${rowNumber}">${written.join('')}</row>`;
}

function cellXml(cell: Cell, place: string, style: string): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === 'object')
    return `<c r="${place}" s="${cellStyles.time}"><v>${serialOf(cell.shown)}</v></c>`;
  return `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${textXml(cell)}</t></is></c>`;
}

export function textXml(text: string): string {
  return text
    .toWellFormed()
    .replace(notInXml, '')
    .replace(looksEscaped, '_x005F_')
    .replace(/[&<>"]/g, (sign) => xmlSigns[sign] ?? '');
}

/** A time as spreadsheets count it: days, and parts of a day. */
export function serialOf(shown: string): number {
  return (Date.parse(`${shown.replace(' ', 'T')}Z`) - dayZeroMs) / dayMs;
}

/** A, B, … Z, AA, … */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${columnName(Math.floor(index / 26) - 1)}${letter}`;
}
