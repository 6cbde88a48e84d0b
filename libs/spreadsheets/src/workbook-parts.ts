import { columnName, textXml } from './sheet-xml.js';

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const schemas = 'http://schemas.openxmlformats.org';
const main = `${schemas}/spreadsheetml/2006/main`;
const relationships = `${schemas}/officeDocument/2006/relationships`;
const packageTypes = `${schemas}/package/2006`;
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** In characters: ids and times can be read without widening. */
const columnWidth = 22;

/** The files of a workbook with one sheet, but for the sheet itself (ECMA-376, Office Open XML). */
export function workbookParts(sheetName: string): { name: string; text: string }[] {
  return [
    { name: '[Content_Types].xml', text: contentTypes },
    { name: '_rels/.rels', text: packageRelationships },
    { name: 'xl/workbook.xml', text: workbookOf(sheetName) },
    { name: 'xl/_rels/workbook.xml.rels', text: workbookRelationships },
    { name: 'xl/styles.xml', text: styles },
  ];
}

/** The header stays in sight. */
export function sheetStart(columns: number): string {
  return (
    `${xml}<worksheet xmlns="${main}"><dimension ref="A1:${columnName(columns - 1)}1"/>` +
    `<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>` +
    `</sheetView></sheetViews><cols><col min="1" max="${columns}" width="${columnWidth}" customWidth="1"/></cols><sheetData>`
  );
}

export const sheetEnd = '</sheetData></worksheet>';

const contentTypes =
  `${xml}<Types xmlns="${packageTypes}/content-types">` +
  `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
  `<Default Extension="xml" ContentType="application/xml"/>` +
  `<Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/>` +
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${spreadsheet}.worksheet+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/></Types>`;

const packageRelationships =
  `${xml}<Relationships xmlns="${packageTypes}/relationships">` +
  `<Relationship Id="rId1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

const workbookRelationships =
  `${xml}<Relationships xmlns="${packageTypes}/relationships">` +
  `<Relationship Id="rId1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/>` +
  `<Relationship Id="rId2" Type="${relationships}/styles" Target="styles.xml"/></Relationships>`;

function workbookOf(sheetName: string): string {
  return (
    `${xml}<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets>` +
    `<sheet name="${textXml(sheetName)}" sheetId="1" r:id="rId1"/></sheets></workbook>`
  );
}

/** In the order of `cellStyles`: plain, header, time. */
const styles =
  `${xml}<styleSheet xmlns="${main}">` +
  `<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>` +
  `<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
  `<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
  `<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
  `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
  `<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
  `<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
  `<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`;
