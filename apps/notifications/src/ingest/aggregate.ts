/** What has states that are published to the outside. */
export type AggregateKind =
  | 'company'
  | 'stop'
  | 'registration'
  | 'session'
  | 'timetable'
  | 'delegate'
  | 'outcome'
  | 'follow-up'
  | 'listing'
  | 'meeting';
