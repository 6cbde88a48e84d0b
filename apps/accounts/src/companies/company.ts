import type { z } from 'zod';
import {
  Company,
  formatInstant,
  type Caller,
  type CompanyState,
  type Localized,
  type Standing,
} from '#contracts';

/** A company as it is stored, with what organizations decided of it. */
export interface CompanyRecord {
  id: string;
  name: Localized;
  uscc: string;
  contact: { name: string; email: string; mobile: string | null };
  industry: string | null;
  cityCode: string | null;
  createdAt: Date;
  version: number;
  standings: { organizationId: string; status: Standing }[];
}

/** The company as a caller may see it: an organizer gets its own decision, the company itself all of them. */
export function companyFor(caller: Caller, company: CompanyRecord): z.output<typeof Company> {
  const own = caller.role === 'company' || caller.role === 'public';
  return {
    id: company.id,
    name: company.name,
    uscc: company.uscc,
    industry: company.industry,
    cityCode: company.cityCode,
    status: own ? statusForItself(company) : standingWith(company, caller.organizationId),
    ...(own ? { standings: company.standings, contact: company.contact } : {}),
    createdAt: formatInstant(company.createdAt),
    version: company.version,
  };
}

/** A company sees itself verified once anybody verified it. */
function statusForItself(company: CompanyRecord): Standing {
  return company.standings.some((standing) => standing.status === 'verified') ? 'verified' : 'unverified';
}

/** What one organization decided; unverified where it decided nothing. */
export function standingWith(company: CompanyRecord, organizationId: string | undefined): Standing {
  return company.standings.find((one) => one.organizationId === organizationId)?.status ?? 'unverified';
}

/** What neighbours keep of the company. */
export function stateOf(company: CompanyRecord): CompanyState {
  return {
    companyId: company.id,
    name: company.name,
    standings: company.standings,
    version: company.version,
  };
}
