import type {
  Localized,
  OutputOf,
  getCompanyContacts,
  getDeparted,
  getMeetingPeople,
  getPeople,
  getSignupHolders,
  getStop,
  getTimetable,
} from '#contracts';

// What the owners of people and stops answer.

export type RegistrationPeople = OutputOf<typeof getPeople>['registrations'][number];
export type Departed = OutputOf<typeof getDeparted>['items'][number];
export type SignupHolder = OutputOf<typeof getSignupHolders>['items'][number];
export type Contact = OutputOf<typeof getCompanyContacts>['contacts'][number]['contact'];
export type StopFacts = OutputOf<typeof getStop> & { readonly tourName: Localized };
export type MeetingFacts = OutputOf<typeof getMeetingPeople>['meetings'][number];
export type TimetableTalk = OutputOf<typeof getTimetable>['sessions'][number];

/** One release of a stop's timetable. */
export interface ReleaseRef {
  readonly stopId: string;
  readonly release: number;
}
