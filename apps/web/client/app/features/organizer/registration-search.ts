export const statuses = ['pending', 'confirmed', 'waitlisted', 'declined', 'cancelled'] as const;
export type Status = (typeof statuses)[number];
export const sorts = ['createdAt', '-createdAt', 'company', 'seats'] as const;
export type Sort = (typeof sorts)[number];

/** Filters stand in the address, so that a list can be shared and found again. */
export interface RegistrationSearch {
  readonly status?: Status;
  readonly q?: string;
  readonly sort?: Sort;
}

/** What an address says, without what is no filter and what is usual. */
export function registrationSearch({ status, q, sort }: Record<string, unknown>): RegistrationSearch {
  const isStatus = (value: unknown): value is Status => statuses.includes(value as Status);
  const isSort = (value: unknown): value is Sort => sorts.includes(value as Sort) && value !== 'createdAt';
  const text = typeof q === 'string' || typeof q === 'number' ? String(q) : '';
  return {
    ...(isStatus(status) ? { status } : {}),
    ...(text === '' ? {} : { q: text }),
    ...(isSort(sort) ? { sort } : {}),
  };
}
