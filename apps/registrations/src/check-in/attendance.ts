/** One company's confirmed delegates at a stop, and how many of them have checked in. */
export interface CompanyAttendance<Name> {
  readonly companyId: string;
  readonly name: Name;
  readonly expected: number;
  readonly checkedIn: number;
}

export interface Attendance<Name> {
  readonly expected: number;
  readonly checkedIn: number;
  readonly noShows: number;
  readonly companies: readonly CompanyAttendance<Name>[];
}

/** Sums up the companies, in their order. Only confirmed delegates are expected, so only they can be missing. */
export function attendanceOf<Name>(companies: readonly CompanyAttendance<Name>[]): Attendance<Name> {
  const expected = companies.reduce((sum, company) => sum + company.expected, 0);
  const checkedIn = companies.reduce((sum, company) => sum + company.checkedIn, 0);
  return { expected, checkedIn, noShows: expected - checkedIn, companies };
}
