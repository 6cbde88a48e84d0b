import type { FunnelStep, FunnelStage } from '#contracts';
import type { ReportData } from '../document-data.js';
import { a4, colours, drawQr, enOf, mm, newDocument, write, zhOf } from './page.js';

type Language = ReportData['language'];
type Words = Readonly<Record<Language, string>>;

const stageWords: Readonly<Record<FunnelStage, Words>> = {
  registered: { zh: '已确认报名的企业', en: 'Companies confirmed' },
  attended: { zh: '到场的企业', en: 'Companies that came' },
  listed: { zh: '发布供需的企业', en: 'Companies with offers or needs' },
  asked: { zh: '发起的洽谈', en: 'Meetings asked for' },
  accepted: { zh: '接受的洽谈', en: 'Meetings accepted' },
  placed: { zh: '排定的洽谈', en: 'Meetings placed' },
  held: { zh: '举行的洽谈', en: 'Meetings held' },
  secondContact: { zh: '90 天内再次联系', en: 'Second contact in 90 days' },
  cooperation: { zh: '进入试用或合作', en: 'Cooperation or trial' },
  agreement: { zh: '达成协议', en: 'Agreements' },
};
const roleWords: Readonly<Record<string, Words>> = {
  host: { zh: '主办单位', en: 'Hosts' },
  guide: { zh: '指导单位', en: 'Guidance' },
  co_organizer: { zh: '协办单位', en: 'Co-organizers' },
  supporter: { zh: '支持单位', en: 'Supporters' },
  media: { zh: '媒体', en: 'Media' },
};
const totalWords: Readonly<Record<string, Words>> = {
  delegates: { zh: '参会代表', en: 'Delegates' },
  sessions: { zh: '分享', en: 'Sessions' },
  members: { zh: '联盟成员', en: 'Members' },
  cases: { zh: '案例', en: 'Cases' },
  papers: { zh: '白皮书', en: 'Papers' },
};
const texts = {
  title: { zh: '活动成果报告', en: 'What this stop led to' },
  funnel: { zh: '转化漏斗（每项与其基数）', en: 'Funnel: each figure with what it is a part of' },
  cases: { zh: '发布的案例', en: 'Announced cases' },
  papers: { zh: '发布的白皮书', en: 'Announced papers' },
  more: { zh: '其余见网页', en: 'the rest is on the page' },
} as const satisfies Record<string, Words>;

const maxCases = 15;
const maxPapers = 4;
const margin = 18 * mm;
const width = a4.width - 2 * margin;

/** One A4 page for the hosts: who, how many, what came of it. */
export function reportPdf(data: ReportData): PDFKit.PDFDocument {
  const { language } = data;
  const say = language === 'zh' ? zhOf : enOf;
  const document = newDocument(`${say(data.stopName)} ${texts.title[language]}`, 'Report');
  document.addPage({ size: [a4.width, a4.height], margin: 0 });
  const line = { x: margin, width };
  let y = write(document, say(data.stopName), {
    ...line,
    y: margin,
    width: width - 30 * mm,
    size: 22,
    minSize: 14,
    maxLines: 2,
  });
  y = write(document, texts.title[language], { ...line, y: y + 1 * mm, size: 12, colour: colours.accent });
  const where = [say(data.dates), say(data.city), say(data.venue)].filter((one) => one !== '').join(' · ');
  y =
    write(document, where, {
      ...line,
      y: y + 2 * mm,
      width: width - 30 * mm,
      size: 10,
      minSize: 8,
      maxLines: 2,
      colour: colours.quiet,
    }) +
    4 * mm;
  drawQr(document, data.url, a4.width - margin - 24 * mm, margin, 24 * mm);
  y = writePartners(document, data, Math.max(y, margin + 28 * mm)) + 3 * mm;
  y = writeTotals(document, data, y) + 6 * mm;
  y = write(document, texts.funnel[language], { ...line, y, size: 12, colour: colours.accent }) + 2 * mm;
  for (const step of data.funnel) y = writeStep(document, step, language, y);
  y = writeList(document, texts.cases[language], data.cases.map(say), maxCases, language, y + 5 * mm);
  writeList(document, texts.papers[language], data.papers.map(say), maxPapers, language, y + 3 * mm);
  write(document, data.url, { ...line, y: a4.height - 14 * mm, size: 8, colour: colours.quiet });
  return document;
}

function writePartners(
  document: PDFKit.PDFDocument,
  { partners, language }: ReportData,
  from: number,
): number {
  const say = language === 'zh' ? zhOf : enOf;
  let y = from;
  for (const [role, words] of Object.entries(roleWords)) {
    const names = partners.filter((one) => one.role === role).map(({ name }) => say(name));
    if (names.length === 0) continue;
    write(document, words[language], { x: margin, width: 30 * mm, y, size: 9, colour: colours.quiet });
    y = write(document, names.join(language === 'zh' ? '、' : ', '), {
      x: margin + 30 * mm,
      width: width - 30 * mm,
      y,
      size: 9,
      maxLines: 2,
    });
    y += 1 * mm;
  }
  return y;
}

function writeTotals(document: PDFKit.PDFDocument, { totals, language }: ReportData, y: number): number {
  const entries = Object.entries(totals);
  const each = width / Math.max(1, entries.length);
  let end = y;
  for (const [at, [key, value]] of entries.entries()) {
    const box = { x: margin + at * each, width: each };
    const below = write(document, String(value), { ...box, y, size: 22 });
    end = write(document, totalWords[key]?.[language] ?? key, {
      ...box,
      y: below,
      size: 9,
      colour: colours.quiet,
    });
  }
  return end;
}

function writeStep(document: PDFKit.PDFDocument, step: FunnelStep, language: Language, y: number): number {
  const [numerator, denominator] = [Number(step.numerator), Number(step.denominator)];
  const share = denominator > 0 && numerator >= 0 ? numerator / denominator : 0;
  const bar = { x: margin + 58 * mm, width: width - 58 * mm - 40 * mm };
  write(document, stageWords[step.stage][language], { x: margin, width: 56 * mm, y, size: 10, minSize: 8 });
  document.rect(bar.x, y + 1 * mm, bar.width, 4 * mm).fill('#e8eef2');
  if (share > 0)
    document.rect(bar.x, y + 1 * mm, bar.width * Math.min(1, share), 4 * mm).fill(colours.accent);
  const figure = `${step.numerator} / ${step.denominator}`;
  const whole = `${Math.round(share * 100)} %`;
  const inBrackets = language === 'zh' ? `（${whole}）` : ` (${whole})`;
  const percent = denominator > 0 ? inBrackets : '';
  write(document, `${figure}${percent}`, {
    x: bar.x + bar.width + 3 * mm,
    width: 38 * mm,
    y,
    size: 10,
    minSize: 7,
  });
  return y + 7.2 * mm;
}

function writeList(
  document: PDFKit.PDFDocument,
  title: string,
  items: readonly string[],
  max: number,
  language: Language,
  from: number,
): number {
  if (items.length === 0) return from;
  let y = write(document, title, { x: margin, width, y: from, size: 12, colour: colours.accent }) + 1 * mm;
  const columnWidth = (width - 6 * mm) / 2;
  const shown = items.slice(0, max);
  if (items.length > max) shown.push(`… ${texts.more[language]}`);
  const rows = Math.ceil(shown.length / 2);
  for (const [at, item] of shown.entries()) {
    const x = margin + Math.floor(at / rows) * (columnWidth + 6 * mm);
    write(document, `· ${item}`, { x, width: columnWidth, y: y + (at % rows) * 5 * mm, size: 9, minSize: 7 });
  }
  y += rows * 5 * mm;
  return y;
}
