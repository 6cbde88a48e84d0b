import type { PlaqueData, PlaquesData } from '../document-data.js';
import { a4, bothOf, colours, drawQr, mm, newDocument, write, zhOf } from './page.js';

const page = { width: a4.height, height: a4.width };
const columns = 2;
const rows = 3;
const cell = { width: 96 * mm, height: 64 * mm };
const left = (a4.width - columns * cell.width) / 2;
const top = (a4.height - rows * cell.height) / 2;
const numberDigits = 4;

/**
 * What is engraved on each plaque, with the QR code of its public check: one A4 page across for each, or six on each A4
 * page, with lines to cut along.
 */
export function plaquesPdf({ sheet, alliance, announcedOn, plaques }: PlaquesData): PDFKit.PDFDocument {
  const document = newDocument(`${zhOf(alliance)} 牌匾 Plaques`, 'Plaques');
  for (const [at, plaque] of plaques.entries()) {
    if (sheet === 'single') drawPage(document, plaque, alliance, announcedOn);
    else drawCell(document, plaque, alliance, announcedOn, at);
  }
  return document;
}

/** Sizes in points of a plaque's lines. */
interface Scale {
  readonly alliance: readonly [first: number, second: number];
  readonly category: number;
  readonly name: readonly [first: number, second: number];
  readonly least: number;
  /** Between the lines. */
  readonly gap: number;
}

const pageScale: Scale = { alliance: [32, 18], category: 24, name: [28, 16], least: 12, gap: 2 * mm };
const cellScale: Scale = { alliance: [12, 7], category: 10, name: [13, 8], least: 6, gap: 0.6 * mm };

function drawPage(
  document: PDFKit.PDFDocument,
  plaque: PlaqueData,
  alliance: PlaquesData['alliance'],
  announcedOn: PlaquesData['announcedOn'],
): void {
  document.addPage({ size: [page.width, page.height], margin: 0 });
  document
    .lineWidth(2)
    .rect(10 * mm, 10 * mm, page.width - 20 * mm, page.height - 20 * mm)
    .stroke(colours.accent);
  writeMiddle(document, plaque, alliance, pageScale, {
    x: 25 * mm,
    y: 36 * mm,
    width: page.width - 50 * mm,
    between: 7 * mm,
  });
  drawQr(document, plaque.verifyUrl, page.width - 48 * mm, page.height - 50 * mm, 28 * mm);
  const foot = { x: 25 * mm, width: page.width - 85 * mm };
  write(document, numberOf(plaque), { ...foot, y: page.height - 46 * mm, size: 14 });
  write(document, bothOf(announcedOn).join(' '), { ...foot, y: page.height - 37 * mm, size: 11 });
  write(document, plaque.code, { ...foot, y: page.height - 29 * mm, size: 10, colour: colours.quiet });
}

function drawCell(
  document: PDFKit.PDFDocument,
  plaque: PlaqueData,
  alliance: PlaquesData['alliance'],
  announcedOn: PlaquesData['announcedOn'],
  at: number,
): void {
  const place = at % (columns * rows);
  if (place === 0) document.addPage({ size: [a4.width, a4.height], margin: 0 });
  const x = left + (place % columns) * cell.width;
  const y = top + Math.floor(place / columns) * cell.height;
  document.lineWidth(0.25).rect(x, y, cell.width, cell.height).stroke(colours.line);
  const inner = { x: x + 6 * mm, width: cell.width - 12 * mm };
  writeMiddle(document, plaque, alliance, cellScale, { ...inner, y: y + 5 * mm, between: 1.5 * mm });
  const qrSide = 17 * mm;
  drawQr(
    document,
    plaque.verifyUrl,
    x + cell.width - 6 * mm - qrSide,
    y + cell.height - 5 * mm - qrSide,
    qrSide,
  );
  const foot = { x: inner.x, width: inner.width - qrSide - 3 * mm };
  write(document, numberOf(plaque), { ...foot, y: y + cell.height - 20 * mm, size: 9 });
  write(document, bothOf(announcedOn).join(' '), {
    ...foot,
    y: y + cell.height - 14 * mm,
    size: 7,
    minSize: 5,
  });
  write(document, plaque.code, {
    ...foot,
    y: y + cell.height - 9 * mm,
    size: 7,
    minSize: 5,
    colour: colours.quiet,
  });
}

interface Middle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Between the alliance, the category and the name. */
  readonly between: number;
}

/** The alliance, the category and the member, each in both languages, below each other. */
function writeMiddle(
  document: PDFKit.PDFDocument,
  { name, category }: PlaqueData,
  alliance: PlaquesData['alliance'],
  scale: Scale,
  { y: from, between, ...box }: Middle,
): void {
  const centred = { ...box, align: 'center' as const, minSize: scale.least };
  const lines = (texts: readonly string[], [first, second]: Scale['name'], start: number): number =>
    texts.reduce(
      (y, text, at) =>
        write(document, text, { ...centred, y, size: at === 0 ? first : second, maxLines: 2 }) + scale.gap,
      start,
    );
  const below = lines(bothOf(alliance), scale.alliance, from) + between;
  const after = write(document, category, {
    ...centred,
    y: below,
    size: scale.category,
    colour: colours.accent,
  });
  lines(bothOf(name), scale.name, after + between);
}

function numberOf({ number }: PlaqueData): string {
  return `编号 No. ${String(number).padStart(numberDigits, '0')}`;
}
