/** What has states that are told to the outside. */
export type AggregateKind = 'company' | 'stop' | 'registration' | 'session' | 'timetable' | 'delegate';
