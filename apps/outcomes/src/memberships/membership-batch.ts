import { Problem, type BatchMember, type Localized, type MembershipBatch } from '#contracts';

export interface MemberRecord extends Omit<BatchMember, 'code'> {
  readonly batchId: string;
}

export interface BatchRecord {
  readonly id: string;
  readonly tourId: string;
  readonly organizationId: string;
  readonly stopId: string | null;
  readonly alliance: Localized;
  readonly series: string;
  readonly announcedAt: string | null;
  readonly createdAt: string;
  readonly version: number;
}

/** Who an entry is for, as it is added. */
export type MemberDraft = { readonly category: string; readonly corrects?: string | null | undefined } & (
  { readonly companyId: string } | { readonly name: Localized }
);

/** Gives each entry its number: side by side, in the order in which they were added. */
export function numbered(members: readonly MemberRecord[], last: number): { id: string; number: number }[] {
  return members.map(({ id }, at) => ({ id, number: last - members.length + at + 1 }));
}

export function refuseEmpty(members: readonly MemberRecord[]): void {
  if (members.length === 0) throw new Problem('ledger.empty', 'The batch has no members to announce.');
}

export function alreadyMember(detail = 'The company is a member already.'): Problem {
  return new Problem('ledger.already_member', detail);
}

/** As everybody who may see the batch sees it. */
export function shownBatch(
  batch: BatchRecord,
  members: readonly MemberRecord[],
  codeOf: (id: string) => string,
): MembershipBatch {
  const { id, tourId, stopId, alliance, series, announcedAt, createdAt, version } = batch;
  return {
    id,
    tourId,
    stopId,
    alliance,
    series,
    state: announcedAt === null ? 'draft' : 'announced',
    announcedAt,
    members: members.map((member) => shownMember(member, codeOf)),
    createdAt,
    version,
  };
}

export function shownMember(member: MemberRecord, codeOf: (id: string) => string): BatchMember {
  const { id, companyId, name, category, number, corrects } = member;
  return { id, companyId, name, category, number, code: number === null ? null : codeOf(id), corrects };
}

export function auditedBatch({ tourId, stopId, alliance, series, announcedAt }: BatchRecord): object {
  return { tourId, stopId, alliance, series, announcedAt };
}

export function auditedMember({
  batchId,
  companyId,
  name,
  category,
  corrects,
  number,
}: MemberRecord): object {
  return { batchId, companyId, name, category, corrects, number };
}

/** Its event; written once, since it never changes. */
export function announcedBatch(
  { id, tourId, stopId, organizationId, announcedAt, version }: BatchRecord,
  members: readonly MemberRecord[],
) {
  return {
    kind: 'membership' as const,
    id,
    tourId,
    stopId,
    organizationId,
    companyIds: members.flatMap(({ companyId }) => companyId ?? []),
    count: members.length,
    announcedAt: announcedAt ?? '',
    version,
  };
}
