import type { BadgeData, BadgesData } from '../document-data.js';
import { a4, bothOf, colours, drawQr, mm, newDocument, write, zhOf } from './page.js';

const badge = { width: 90 * mm, height: 54 * mm };
const columns = 2;
const rows = 5;
const left = (a4.width - columns * badge.width) / 2;
const top = (a4.height - rows * badge.height) / 2;
const padding = 5 * mm;
const qrSide = 27 * mm;

/** Ten badges of 90 × 54 mm on each A4 page, with lines to cut along; or a page of that size for each. */
export function badgesPdf({ sheet, stopName, badges }: BadgesData): PDFKit.PDFDocument {
  const document = newDocument(`${zhOf(stopName)} 参会证 Badges`, 'Badges');
  if (badges.length === 0) addPage(document, sheet);
  for (const [at, one] of badges.entries()) {
    const place = sheet === 'single' ? 0 : at % (columns * rows);
    if (place === 0) addPage(document, sheet);
    const x = sheet === 'single' ? 0 : left + (place % columns) * badge.width;
    const y = sheet === 'single' ? 0 : top + Math.floor(place / columns) * badge.height;
    if (sheet === 'a4') document.lineWidth(0.25).rect(x, y, badge.width, badge.height).stroke(colours.line);
    drawBadge(document, one, bothOf(stopName).join(' '), x, y);
  }
  return document;
}

function addPage(document: PDFKit.PDFDocument, sheet: BadgesData['sheet']): void {
  const { width, height } = sheet === 'single' ? badge : a4;
  document.addPage({ size: [width, height], margin: 0 });
}

function drawBadge(
  document: PDFKit.PDFDocument,
  { name, company, badge: code }: BadgeData,
  stop: string,
  x: number,
  y: number,
) {
  const inner = badge.width - 2 * padding;
  const textWidth = inner - qrSide - 3 * mm;
  document.rect(x, y, badge.width, 2 * mm).fill(colours.accent);
  write(document, stop, {
    x: x + padding,
    y: y + 5 * mm,
    width: inner,
    size: 10,
    minSize: 7,
    colour: colours.quiet,
  });
  write(document, name, {
    x: x + padding,
    y: y + 14 * mm,
    width: textWidth,
    size: 24,
    minSize: 11,
    maxLines: 2,
  });
  const [first = '', second] = bothOf(company);
  const below = write(document, first, {
    x: x + padding,
    y: y + 35 * mm,
    width: textWidth,
    size: 10,
    minSize: 7,
    maxLines: 2,
  });
  if (second !== undefined)
    write(document, second, { x: x + padding, y: below, width: textWidth, size: 7, colour: colours.quiet });
  if (code !== '') drawQr(document, code, x + badge.width - padding - qrSide, y + 18 * mm, qrSide);
}
