import type { BatchMember, Case, MembershipBatch, Paper } from '#contracts/ledger';
import { localized } from '../../form/localized.js';

/** What is typed of a batch of members. */
export interface BatchDraft {
  readonly allianceZh: string;
  readonly allianceEn: string;
  readonly series: string;
}

export const emptyBatch: BatchDraft = { allianceZh: '', allianceEn: '', series: '' };

export const batchDraft = ({
  alliance,
  series,
}: Pick<MembershipBatch, 'alliance' | 'series'>): BatchDraft => ({
  allianceZh: alliance.zh ?? '',
  allianceEn: alliance.en ?? '',
  series,
});

export const batchBody = ({ allianceZh, allianceEn, series }: BatchDraft) => ({
  alliance: localized(allianceZh, allianceEn),
  series: series.trim(),
});

/** What is typed of a member: a company that is known here, or a name. */
export interface MemberDraft {
  readonly who: string;
  readonly companyIds: readonly string[];
  readonly nameZh: string;
  readonly nameEn: string;
  readonly category: string;
}

export const emptyMember: MemberDraft = {
  who: 'company',
  companyIds: [],
  nameZh: '',
  nameEn: '',
  category: '',
};

export const memberDraft = ({ companyId, name, category }: BatchMember): MemberDraft => ({
  who: companyId === null ? 'name' : 'company',
  companyIds: companyId === null ? [] : [companyId],
  nameZh: name.zh ?? '',
  nameEn: name.en ?? '',
  category,
});

/** @param corrects the announced entry that this one replaces */
export function memberBody({ who, companyIds, nameZh, nameEn, category }: MemberDraft, corrects?: string) {
  return {
    ...(who === 'company' ? { companyId: companyIds[0] } : { name: localized(nameZh, nameEn) }),
    category: category.trim(),
    ...(corrects === undefined ? {} : { corrects }),
  };
}

/** What is typed of an application case. */
export interface CaseDraft {
  readonly titleZh: string;
  readonly titleEn: string;
  readonly field: string;
  readonly summaryZh: string;
  readonly summaryEn: string;
  readonly companyIds: readonly string[];
}

export const emptyCase: CaseDraft = {
  titleZh: '',
  titleEn: '',
  field: '',
  summaryZh: '',
  summaryEn: '',
  companyIds: [],
};

export const caseDraft = ({ title, field, summary, companyIds }: Case): CaseDraft => ({
  titleZh: title.zh ?? '',
  titleEn: title.en ?? '',
  field,
  summaryZh: summary.zh ?? '',
  summaryEn: summary.en ?? '',
  companyIds,
});

export const caseBody = ({ titleZh, titleEn, field, summaryZh, summaryEn, companyIds }: CaseDraft) => ({
  title: localized(titleZh, titleEn),
  field: field.trim(),
  summary: localized(summaryZh, summaryEn),
  companyIds,
});

/** What is typed of a paper; authors and issuers stand a line each. */
export interface PaperDraft {
  readonly titleZh: string;
  readonly titleEn: string;
  readonly authors: string;
  readonly issuers: string;
  readonly edition: string;
  readonly url: string;
}

export const emptyPaper: PaperDraft = {
  titleZh: '',
  titleEn: '',
  authors: '',
  issuers: '',
  edition: '',
  url: '',
};

export const paperDraft = ({ title, authors, issuers, edition, url }: Paper): PaperDraft => ({
  titleZh: title.zh ?? '',
  titleEn: title.en ?? '',
  authors: authors.join('\n'),
  issuers: issuers.join('\n'),
  edition,
  url: url ?? '',
});

export const paperBody = ({ titleZh, titleEn, authors, issuers, edition, url }: PaperDraft) => ({
  title: localized(titleZh, titleEn),
  authors: linesOf(authors),
  issuers: linesOf(issuers),
  edition: edition.trim(),
  url: url.trim() === '' ? null : url.trim(),
});

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The pointers of what has to be filled in and is not. */
export function missingIn(values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(values)
    .filter(
      ([, value]) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0),
    )
    .map(([key]) => `/${key}`);
}

interface Entry {
  readonly id: string;
  readonly corrects: string | null;
}

/** The ids of entries that another one corrects, announced or still a draft. */
export function correctedIn(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(entries.flatMap(({ corrects }) => corrects ?? []));
}

/** Editions in the order in which one replaced the other, the newest first; each stands with those it replaced. */
export function editionsOf<One extends Entry>(entries: readonly One[]): One[][] {
  const byId = new Map(entries.map((one) => [one.id, one]));
  const corrected = correctedIn(entries);
  return entries
    .filter(({ id }) => !corrected.has(id))
    .map((newest) => {
      const chain: One[] = [];
      for (let one: One | undefined = newest; one !== undefined; one = byId.get(one.corrects ?? ''))
        chain.push(one);
      return chain;
    });
}
