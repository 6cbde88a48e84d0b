import type { CompanyShown, CompanyState, Localized } from '#contracts';
import { cityName } from '#reference-data';

/** A company as other companies see it. One that is not known here yet has no name for a moment. */
export function shownCompany(
  id: string,
  company: { readonly name: Localized; readonly cityCode: string | null } | undefined,
): CompanyShown {
  const code = company?.cityCode ?? null;
  const name = code === null ? null : cityName(code);
  return { id, name: company?.name ?? {}, city: code === null || name === null ? null : { code, name } };
}

/** Whether an organization has suspended the company. */
export function isSuspended(standings: CompanyState['standings'], organizationId: string): boolean {
  return standings.some((one) => one.organizationId === organizationId && one.status === 'suspended');
}
