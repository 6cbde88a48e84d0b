import type { z } from 'zod';
import {
  Company,
  Contact,
  createCompany,
  formatInstant,
  invalidField,
  mergePatch,
  parseOrRefuse,
  type Caller,
  type CompanyState,
  type InputOf,
  type Localized,
  type VerificationStatus,
  type updateMyCompany,
} from '#contracts';
import { isCityCode } from '#reference-data';

/** A company as it is stored, with what organizations decided about it. */
export interface CompanyRecord {
  id: string;
  name: Localized;
  uscc: string;
  contact: z.output<typeof Contact>;
  industry: string | null;
  cityCode: string | null;
  createdAt: Date;
  version: number;
  standings: { organizationId: string; status: VerificationStatus }[];
}

export type CompanyDraft = InputOf<typeof createCompany>['body'];
export type CompanyPatch = InputOf<typeof updateMyCompany>['body'];
export type CompanyView = z.output<typeof Company>;

/** Throws `request.invalid` for a city that GB/T 2260 does not know. */
export function newCompany(id: string, draft: CompanyDraft, now: Date): CompanyRecord {
  return { id, uscc: draft.uscc, ...fieldsOf(draft), createdAt: now, version: 1, standings: [] };
}

/** The company after a merge patch, one version on. Throws `request.invalid` for a result that can't sign up. */
export function patchCompany(company: CompanyRecord, patch: CompanyPatch): CompanyRecord {
  const { name, uscc, contact, industry, cityCode } = company;
  const merged = mergePatch({ name, uscc, contact, industry, cityCode }, patch);
  const draft = parseOrRefuse(createCompany.input.shape.body, merged, ['body']);
  return { ...company, ...fieldsOf(draft), version: company.version + 1 };
}

/** The company after an organization verified or suspended it; the same object where that was decided before. */
export function decideStatus(
  company: CompanyRecord,
  organizationId: string,
  status: 'verified' | 'suspended',
): CompanyRecord {
  if (statusFor(company, organizationId) === status) return company;
  const others = company.standings.filter((one) => one.organizationId !== organizationId);
  return {
    ...company,
    standings: [...others, { organizationId, status }],
    version: company.version + 1,
  };
}

/** The company as a caller may see it: an organizer gets its own decision, the company itself all of them. */
export function presentCompany(caller: Caller, company: CompanyRecord): CompanyView {
  const own = caller.role === 'company' || caller.role === 'public';
  return {
    id: company.id,
    name: company.name,
    uscc: company.uscc,
    industry: company.industry,
    cityCode: company.cityCode,
    status: own ? statusForItself(company) : statusFor(company, caller.organizationId),
    ...(own ? { standings: company.standings, contact: company.contact } : {}),
    createdAt: formatInstant(company.createdAt),
    version: company.version,
  };
}

/** A company sees itself verified once anybody verified it. */
function statusForItself(company: CompanyRecord): VerificationStatus {
  return company.standings.some((standing) => standing.status === 'verified') ? 'verified' : 'unverified';
}

/** What one organization decided; unverified where it decided nothing. */
export function statusFor(company: CompanyRecord, organizationId: string | undefined): VerificationStatus {
  return company.standings.find((one) => one.organizationId === organizationId)?.status ?? 'unverified';
}

/** What other services keep of the company. */
export function stateOf(company: CompanyRecord): CompanyState {
  return {
    companyId: company.id,
    name: company.name,
    uscc: company.uscc,
    standings: company.standings,
    cityCode: company.cityCode,
    version: company.version,
  };
}

/** What the audit keeps of the company. All organizers read it, so neither contact nor decisions are in it. */
export function auditedOf(company: CompanyRecord): object {
  const { name, uscc, industry, cityCode } = company;
  return { name, uscc, industry, cityCode };
}

function fieldsOf(draft: CompanyDraft): Pick<CompanyRecord, 'name' | 'contact' | 'industry' | 'cityCode'> {
  const { name, contact, industry, cityCode } = draft;
  if (typeof cityCode === 'string' && !isCityCode(cityCode))
    throw invalidField('/cityCode', 'is not a code of GB/T 2260');
  return { name, contact, industry: industry ?? null, cityCode: cityCode ?? null };
}
