import PDFDocument from 'pdfkit';
import { create } from 'qrcode';
import type { Localized } from '#contracts';
import { chineseFont } from './font.js';

/** Points in a millimetre. */
export const mm = 72 / 25.4;
export const a4 = { width: 210 * mm, height: 297 * mm };
export const colours = {
  ink: '#1a1a1a',
  quiet: '#595959',
  line: '#b8b8b8',
  accent: '#0b5c8a',
  alarm: '#b00020',
};

/** A document of the given pages to draw on; nothing is written before pages are added. */
export function newDocument(title: string, subject: string): PDFKit.PDFDocument {
  return new PDFDocument({
    autoFirstPage: false,
    // The library's own default would be read from its package, which is not beside the bundle.
    font: chineseFont() as unknown as string,
    margin: 0,
    compress: true,
    lang: 'zh-CN',
    displayTitle: true,
    info: { Title: title, Subject: subject, Creator: 'Waystop', Producer: 'Waystop' },
  });
}

export interface TextBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly colour?: string;
  readonly align?: 'left' | 'center' | 'right';
  readonly maxLines?: number;
  /** The size is lowered until the text fits its lines, but not below this. */
  readonly minSize?: number;
}

/** Writes a text, smaller where it would not fit. @returns where it ends */
export function write(document: PDFKit.PDFDocument, text: string, box: TextBox): number {
  const { x, y, width, colour = colours.ink, align = 'left', maxLines = 1, minSize = box.size } = box;
  let { size } = box;
  const lineHeight = () => document.fontSize(size).currentLineHeight();
  const heightOf = () => document.fontSize(size).heightOfString(text, { width, align });
  while (size > minSize && heightOf() > lineHeight() * (maxLines + 0.5)) size -= 0.5;
  const height = lineHeight() * maxLines;
  document
    .fontSize(size)
    .fillColor(colour)
    .text(text, x, y, { width, align, height: height + 1, ellipsis: true, lineBreak: true });
  return y + Math.min(heightOf(), height);
}

/** Draws a QR code, black on white, as one path. */
export function drawQr(document: PDFKit.PDFDocument, text: string, x: number, y: number, side: number): void {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const step = side / modules.size;
  for (let row = 0; row < modules.size; row += 1) {
    for (let from = 0; from < modules.size; from += 1) {
      if (modules.get(row, from) === 0) continue;
      let to = from;
      while (to < modules.size && modules.get(row, to) !== 0) to += 1;
      document.rect(x + from * step, y + row * step, (to - from) * step, step);
      from = to;
    }
  }
  document.fill('#000000');
}

export const zhOf = ({ zh, en }: Localized): string => zh ?? en ?? '';
export const enOf = ({ zh, en }: Localized): string => en ?? zh ?? '';

/** Both languages where they differ, Chinese first. */
export function bothOf(text: Localized): string[] {
  return [...new Set([zhOf(text), enOf(text)])].filter((one) => one !== '');
}
