import type { Localized } from '#contracts';
import type { CertificateData } from '../document-data.js';
import { a4, bothOf, colours, drawQr, enOf, mm, newDocument, write, zhOf } from './page.js';

const page = { width: a4.height, height: a4.width };
const words = {
  attendance: { zh: '参 会 证 书', en: 'Certificate of Attendance' },
  speaking: { zh: '演 讲 证 书', en: 'Certificate of Speaking' },
} as const;
const endings = { revoked: '已撤销 REVOKED', replaced: '已更换 REPLACED' } as const;

/** A4 across, in both languages, with a QR code that leads to the public check. */
export function certificatePdf(data: CertificateData): PDFKit.PDFDocument {
  const { zh, en } = words[data.of];
  const document = newDocument(`${zh.replaceAll(' ', '')} ${en}`, data.code);
  document.addPage({ size: [page.width, page.height], margin: 0 });
  document
    .lineWidth(1.5)
    .rect(12 * mm, 12 * mm, page.width - 24 * mm, page.height - 24 * mm)
    .stroke(colours.accent);
  document
    .lineWidth(0.5)
    .rect(14 * mm, 14 * mm, page.width - 28 * mm, page.height - 28 * mm)
    .stroke(colours.accent);
  const x = 30 * mm;
  const width = page.width - 60 * mm;
  const centred = { x, width, align: 'center' as const };
  write(document, zh, { ...centred, y: 28 * mm, size: 40, colour: colours.accent });
  write(document, en, { ...centred, y: 48 * mm, size: 17, colour: colours.quiet });
  write(document, data.holder, { ...centred, y: 64 * mm, size: 32, minSize: 16 });
  let y = 86 * mm;
  y = write(document, sentenceZh(data), { ...centred, y, size: 15, minSize: 11, maxLines: 3 }) + 3 * mm;
  y = write(document, sentenceEn(data), {
    ...centred,
    y,
    size: 12,
    minSize: 9,
    maxLines: 3,
    colour: colours.quiet,
  });
  const issuers = data.issuers.map((name) => bothOf(name).join(' ')).join('　');
  write(document, issuers, {
    ...centred,
    y: Math.max(y + 6 * mm, 130 * mm),
    size: 13,
    minSize: 8,
    maxLines: 3,
  });
  drawQr(document, data.verifyUrl, page.width - 50 * mm, page.height - 52 * mm, 26 * mm);
  const foot = { x: 26 * mm, width: page.width - 90 * mm };
  write(document, `证书编号 Code　${data.code}`, { ...foot, y: page.height - 38 * mm, size: 11 });
  write(document, `核验 Verify　${data.verifyUrl}`, {
    ...foot,
    y: page.height - 31 * mm,
    size: 9,
    minSize: 6,
    colour: colours.quiet,
  });
  if (data.ended !== null)
    write(document, endings[data.ended], { ...centred, y: 20 * mm, size: 16, colour: colours.alarm });
  return document;
}

function sentenceZh({ of, sessionTitle, dates, ...place }: CertificateData): string {
  const where = eventName(place, zhOf, ' · ');
  if (of === 'attendance') return `于${zhOf(dates)}参加“${where}”，特此证明。`;
  return `于${zhOf(dates)}在“${where}”作题为“${zhOf(sessionTitle ?? {})}”的分享，特此证明。`;
}

function sentenceEn({ of, sessionTitle, dates, ...place }: CertificateData): string {
  const where = eventName(place, enOf, ', ');
  if (of === 'attendance') return `attended ${where} on ${enOf(dates)}.`;
  return `spoke on “${enOf(sessionTitle ?? {})}” at ${where} on ${enOf(dates)}.`;
}

/** The tour and the stop; a stop whose name repeats the tour's stands alone. */
function eventName(
  { tourName, stopName }: Pick<CertificateData, 'tourName' | 'stopName'>,
  say: (text: Localized) => string,
  between: string,
): string {
  const [tour, stop] = [say(tourName), say(stopName)];
  return tour === '' || stop.includes(tour) ? stop : `${tour}${between}${stop}`;
}
