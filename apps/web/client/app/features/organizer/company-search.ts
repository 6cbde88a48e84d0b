export const companyStates = ['unverified', 'verified', 'suspended'] as const;
export type CompanyState = (typeof companyStates)[number];

export interface CompanySearch {
  readonly status?: CompanyState;
  readonly q?: string;
}

/** Which companies are shown, as the address says. */
export function companySearch({ status, q }: Record<string, unknown>): CompanySearch {
  const isState = (value: unknown): value is CompanyState => companyStates.includes(value as CompanyState);
  const text = typeof q === 'string' || typeof q === 'number' ? String(q) : '';
  return { ...(isState(status) ? { status } : {}), ...(text === '' ? {} : { q: text }) };
}
