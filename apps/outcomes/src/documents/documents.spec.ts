import { describe, expect, it } from '@jest/globals';
import jsqr from 'jsqr';
import { extractText, getDocumentProxy } from 'unpdf';
import type { DocumentData } from './document-data.js';
import { DocumentWorker } from './document-worker.service.js';
import { documentPdf } from './pdf/document-pdf.js';

const code = '7ZK2M-Q4T9C-XW0DH-5BNPA-R';
const verifyUrl = `https://tour.example.org/verify/${code}`;
const stopName = { zh: '生态行 · 成都站', en: 'Tour, Chengdu' };
const certificate: DocumentData = {
  kind: 'certificate',
  of: 'attendance',
  holder: '翾䶮示例',
  tourName: { zh: '示例生态行', en: 'Example Tour' },
  stopName: { zh: '成都站', en: 'Chengdu' },
  sessionTitle: null,
  issuers: [{ zh: '示例主办单位', en: 'Example host' }],
  dates: { zh: '2027年1月16日', en: '16 January 2027' },
  code,
  verifyUrl,
  ended: null,
};
const badges = (count: number, sheet: 'a4' | 'single'): DocumentData => ({
  kind: 'badges',
  sheet,
  stopName,
  badges: Array.from({ length: count }, (_, at) => ({
    name: `示例代表${at}`,
    company: { zh: `示例企业 ${at}` },
    badge: `WB-${at}-abcdefghijklmnop`,
  })),
});

function drawn(data: DocumentData): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const document = documentPdf(data);
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    document.on('error', reject);
    document.end();
  });
}

async function textOf(pdf: Uint8Array): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(pdf.slice()), { mergePages: true });
  return text.replace(/\s+/g, ' ');
}

describe('a document', () => {
  it('is read by another library, with its Chinese and English text', async () => {
    const text = await textOf(await drawn(certificate));
    for (const part of [
      '翾䶮示例',
      '2027年1月16日',
      '“示例生态行 · 成都站”',
      'attended Example Tour, Chengdu on 16 January 2027.',
      'Certificate of Attendance',
      code,
      'Example host',
    ])
      expect(text).toContain(part);
  });

  it('has the characters that it uses inside, and no more', async () => {
    const pdf = await drawn(certificate);
    const raw = Buffer.from(pdf).toString('latin1');
    expect(raw).toMatch(/\/FontFile2 \d+ 0 R/);
    expect(raw).toMatch(/\/BaseFont \/[A-Z]{6}\+NotoSansSC-Regular/);
    expect(pdf.length).toBeLessThan(100_000);
  });

  it('leads to the public check by its QR code', async () => {
    expect(await qrCodeOf(await drawn(certificate))).toBe(verifyUrl);
  });

  it('has ten badges on each A4 page, or a page of 90 × 54 mm for each', async () => {
    const sizes = async (sheet: 'a4' | 'single') => {
      const proxy = await getDocumentProxy((await drawn(badges(12, sheet))).slice());
      const { width, height } = (await proxy.getPage(1)).getViewport({ scale: 25.4 / 72 });
      return [proxy.numPages, Math.round(width), Math.round(height)];
    };
    expect(await sizes('a4')).toEqual([2, 210, 297]);
    expect(await sizes('single')).toEqual([12, 90, 54]);
    expect(await textOf(await drawn(badges(12, 'a4')))).toContain('示例代表11');
  });

  it('does not repeat the name of a tour that the name of the stop begins with', async () => {
    const text = await textOf(await drawn({ ...certificate, stopName: { zh: '示例生态行成都站' } }));
    expect(text).toContain('参加“示例生态行成都站”');
  });

  it('has a page for each plaque, or six of them on each A4 page', async () => {
    const plaque = { name: { zh: '示例企业' }, category: '理事单位', code, verifyUrl };
    const sizesOf = async (sheet: 'a4' | 'single') => {
      const pdf = await drawn({
        kind: 'plaques',
        sheet,
        alliance: { zh: '数据标注产业联盟', en: 'Data Labelling Alliance' },
        announcedOn: { zh: '2027年1月16日' },
        plaques: Array.from({ length: 7 }, (_, at) => ({ ...plaque, number: at + 1 })),
      });
      const text = await textOf(pdf);
      for (let number = 1; number <= 7; number += 1) expect(text).toContain(`编号 No. 000${number}`);
      const proxy = await getDocumentProxy(pdf.slice());
      const { width, height } = (await proxy.getPage(1)).getViewport({ scale: 25.4 / 72 });
      return [proxy.numPages, Math.round(width), Math.round(height)];
    };
    expect(await sizesOf('single')).toEqual([7, 297, 210]);
    expect(await sizesOf('a4')).toEqual([2, 210, 297]);
  });

  it('shows counts on reports, on one page', async () => {
    const report = await drawn({
      kind: 'report',
      language: 'en',
      stopName,
      city: { zh: '成都市', en: 'Chengdu' },
      venue: { zh: '会议中心' },
      dates: { en: '16 January 2027' },
      partners: [{ role: 'host', name: { zh: '示例主办单位' } }],
      funnel: [{ stage: 'registered', unit: 'companies', numerator: 92, denominator: 100 }],
      totals: { delegates: 219 },
      cases: [{ zh: '示例案例 01' }],
      papers: [],
      url: 'https://tour.example.org/stops/1',
    });
    const text = await textOf(report);
    for (const part of ['92 / 100', '219', '示例主办单位', '示例案例 01', 'Companies confirmed'])
      expect(text).toContain(part);
    expect((await getDocumentProxy(report.slice())).numPages).toBe(1);
  });

  it('is drawn in a thread of its own, several after one another', async () => {
    const worker = new DocumentWorker();
    const [many, one] = await Promise.all([worker.draw(badges(30, 'a4')), worker.draw(certificate)]);
    await worker.onApplicationShutdown();
    expect(await textOf(new Uint8Array(many))).toContain('示例代表29');
    expect(await textOf(new Uint8Array(one))).toContain(code);
  });
});

/** Paints the black rectangles of the first page, as another library reads them, and looks for a QR code in them. */
async function qrCodeOf(pdf: Uint8Array): Promise<string | undefined> {
  const raw = await contentOf(pdf);
  const rects = [...raw.matchAll(/^([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re$/gm)].map((match) =>
    match.slice(1, 5).map(Number),
  ) as [number, number, number, number][];
  const modules = rects.filter(([, , width, height]) => width < 60 && height < 10);
  const [left, top] = [Math.min(...modules.map(([x]) => x)), Math.min(...modules.map(([, y]) => y))];
  const scale = 4;
  const border = 24;
  const side = 2 * border + Math.ceil(Math.max(...modules.map(([x, , width]) => x + width - left)) * scale);
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [x, y, width, height] of modules)
    for (let row = Math.round((y - top) * scale); row < Math.round((y - top + height) * scale); row += 1)
      for (
        let column = Math.round((x - left) * scale);
        column < Math.round((x - left + width) * scale);
        column += 1
      )
        pixels.fill(
          0,
          ((row + border) * side + column + border) * 4,
          ((row + border) * side + column + border) * 4 + 3,
        );
  const read = (jsqr as unknown as typeof jsqr.default)(pixels, side, side);
  return read?.data;
}

/** The drawing instructions of a document of one page. */
async function contentOf(pdf: Uint8Array): Promise<string> {
  const { inflateSync } = await import('node:zlib');
  const raw = Buffer.from(pdf);
  const text = raw.toString('latin1');
  for (const match of text.matchAll(/stream\r?\n/g)) {
    const from = match.index + match[0].length;
    const until = text.indexOf('endstream', from);
    try {
      const content = inflateSync(raw.subarray(from, until)).toString('latin1');
      if (/ re$/m.test(content)) return content;
    } catch {
      // Not compressed, or no drawing.
    }
  }
  return '';
}
