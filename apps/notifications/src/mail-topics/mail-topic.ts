/** Something that mails are about: it is planned when its news have settled, and the state of the last mails is kept. */
export interface MailTopic {
  readonly family: TopicFamily;
  readonly id: string;
  readonly organizationId: string;
  readonly stopId: string | null;
  readonly news: Readonly<Record<string, unknown>>;
  readonly revision: number;
  readonly notified: Readonly<Record<string, unknown>> | null;
  readonly dueAt: Date;
}

/** `reminder-P7D` and the like are of a stop; `digest` is of an organization or a company. */
export type TopicFamily =
  | 'registration'
  | 'stop'
  | 'session'
  | 'release'
  | 'meeting'
  | 'outcome'
  | 'follow-up'
  | 'digest'
  | `reminder-${string}`;

/** The families, with the reminders as one, in the order in which what is due of them is planned. */
export const planningOrder = [
  'stop',
  'release',
  'registration',
  'session',
  'meeting',
  'outcome',
  'follow-up',
  'reminder',
  'digest',
] as const;
export type DueFamily = (typeof planningOrder)[number];

/** News of a topic, as they come. */
export interface TopicNews {
  readonly family: TopicFamily;
  readonly id: string;
  readonly organizationId: string;
  readonly stopId: string | null;
  /** How long to wait for what may follow, in milliseconds. */
  readonly settleMs: number;
  readonly news: Readonly<Record<string, unknown>>;
}

/** What follows within this time goes into one mail. */
export const settleMs = 60_000;
/** Delegations are changed person by person. */
export const peopleSettleMs = 5 * 60_000;
/** Texts and places of stops are put right in several steps. */
export const stopSettleMs = 10 * 60_000;
