import type { PlaqueData, PlaquesData } from '../document-data.js';
import { a4, bothOf, colours, drawQr, mm, newDocument, write, zhOf } from './page.js';

const page = { width: a4.height, height: a4.width };
const numberDigits = 4;

/** What is engraved on each plaque, one A4 page across for each, with the QR code of its public check. */
export function plaquesPdf({ alliance, announcedOn, plaques }: PlaquesData): PDFKit.PDFDocument {
  const document = newDocument(`${zhOf(alliance)} 牌匾 Plaques`, 'Plaques');
  for (const plaque of plaques) drawPlaque(document, plaque, alliance, announcedOn);
  return document;
}

function drawPlaque(
  document: PDFKit.PDFDocument,
  { name, category, number, code, verifyUrl }: PlaqueData,
  alliance: PlaquesData['alliance'],
  announcedOn: PlaquesData['announcedOn'],
): void {
  document.addPage({ size: [page.width, page.height], margin: 0 });
  document
    .lineWidth(2)
    .rect(10 * mm, 10 * mm, page.width - 20 * mm, page.height - 20 * mm)
    .stroke(colours.accent);
  const centred = { x: 25 * mm, width: page.width - 50 * mm, align: 'center' as const };
  let y = 36 * mm;
  for (const [at, line] of bothOf(alliance).entries())
    y = write(document, line, { ...centred, y, size: at === 0 ? 32 : 18, minSize: 14, maxLines: 2 }) + 2 * mm;
  y =
    write(document, category, { ...centred, y: y + 6 * mm, size: 24, minSize: 14, colour: colours.accent }) +
    8 * mm;
  for (const [at, line] of bothOf(name).entries())
    y = write(document, line, { ...centred, y, size: at === 0 ? 28 : 16, minSize: 12, maxLines: 2 }) + 2 * mm;
  drawQr(document, verifyUrl, page.width - 48 * mm, page.height - 50 * mm, 28 * mm);
  const foot = { x: 25 * mm, width: page.width - 85 * mm };
  const padded = String(number).padStart(numberDigits, '0');
  write(document, `编号 No. ${padded}`, { ...foot, y: page.height - 46 * mm, size: 14 });
  write(document, bothOf(announcedOn).join(' '), { ...foot, y: page.height - 37 * mm, size: 11 });
  write(document, code, { ...foot, y: page.height - 29 * mm, size: 10, colour: colours.quiet });
}
