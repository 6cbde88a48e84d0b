import { queryOptions } from '@tanstack/react-query';
import type { Localized } from '../../../../shared/language.js';
import { call } from '../../api/call.js';

export interface CompanyAttendance {
  readonly companyId: string;
  readonly name: Localized;
  readonly expected: number;
  readonly checkedIn: number;
}

interface Attendance {
  readonly expected: number;
  readonly checkedIn: number;
  readonly noShows: number;
  readonly companies: readonly CompanyAttendance[];
  readonly nextCursor: string | null;
}

const maxPages = 50;

/** All companies of the stop; asked again every ten seconds where no stream of events says when. */
export const attendance = (stopId: string) =>
  queryOptions({
    queryKey: ['attendance', stopId, 'companies'],
    refetchInterval: 10_000,
    queryFn: async (): Promise<Attendance> => {
      const path = `/stops/${stopId}/attendance`;
      let page = await call<Attendance>('GET', path);
      const companies = [...page.companies];
      for (let pages = 1; page.nextCursor !== null && pages < maxPages; pages += 1) {
        page = await call<Attendance>('GET', `${path}?cursor=${encodeURIComponent(page.nextCursor)}`);
        companies.push(...page.companies);
      }
      return { ...page, companies };
    },
  });
