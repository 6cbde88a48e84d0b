/** What may wait for the morning: `never`, `if_soon` only where the stop is near, or always. */
export type QuietRule = 'ignores' | 'ignores_if_soon' | 'keeps';

export interface MailKindFacts {
  /** Lower goes first where not everything can be sent at once. */
  readonly priority: 0 | 1 | 2 | 3;
  readonly quiet: QuietRule;
  /** Whether recipients can refuse it for the future. */
  readonly refusable: boolean;
  /** Names that may stand in braces besides those of every kind. */
  readonly placeholders: readonly string[];
}

const kind = (
  priority: MailKindFacts['priority'],
  quiet: QuietRule,
  placeholders: readonly string[] = [],
  refusable = false,
): MailKindFacts => ({ priority, quiet, placeholders, refusable });

const meetingPlaceholders = ['companyName', 'partnerName', 'meetingDate', 'meetingTime', 'tableNo'] as const;

/** Every mail whose words an organizer may change. */
export const mailKinds = {
  'registration-confirmed': kind(1, 'keeps', ['companyName', 'seats']),
  'registration-promoted': kind(1, 'ignores_if_soon', ['companyName', 'seats']),
  'registration-pending': kind(1, 'keeps', ['companyName', 'seats']),
  'registration-waitlisted': kind(1, 'keeps', ['companyName', 'seats', 'waitlistPosition']),
  'registration-declined': kind(1, 'keeps', ['companyName']),
  'registration-cancelled': kind(0, 'keeps', ['companyName']),
  'seat-confirmed': kind(1, 'keeps', ['companyName']),
  'seat-promoted': kind(1, 'ignores_if_soon', ['companyName']),
  'seat-passed-on': kind(0, 'keeps', ['companyName']),
  'seat-cancelled': kind(0, 'keeps', ['companyName']),
  'stop-rescheduled': kind(0, 'ignores', ['previousDate', 'previousTime']),
  'stop-changed': kind(0, 'keeps'),
  'stop-cancelled': kind(0, 'ignores'),
  badge: kind(1, 'keeps', ['companyName', 'badge']),
  reminder: kind(2, 'keeps', ['companyName', 'badge', 'days'], true),
  'speaker-reminder': kind(2, 'keeps', ['days'], true),
  'session-proposed': kind(1, 'keeps', ['companyName', 'sessionTitle']),
  'session-accepted': kind(1, 'keeps', ['sessionTitle']),
  'session-rejected': kind(1, 'keeps', ['sessionTitle']),
  'talk-scheduled': kind(0, 'ignores', ['sessionTitle']),
  'talk-moved': kind(0, 'ignores', ['sessionTitle']),
  'talk-removed': kind(0, 'ignores', ['sessionTitle']),
  'session-moved': kind(0, 'ignores', ['sessionTitle']),
  'session-cancelled': kind(0, 'ignores', ['sessionTitle']),
  'meeting-scheduled': kind(1, 'ignores_if_soon', meetingPlaceholders),
  'meeting-moved': kind(0, 'ignores_if_soon', meetingPlaceholders),
  'meeting-cancelled': kind(0, 'ignores_if_soon', meetingPlaceholders),
  'outcome-announced': kind(2, 'keeps', ['companyName']),
  'follow-up-waiting': kind(2, 'keeps', ['companyName']),
} as const satisfies Record<string, MailKindFacts>;

export type TemplateKind = keyof typeof mailKinds;

/** Mails without words of the organizer's. */
export type NoticeKind = TemplateKind | 'announcement' | 'organizer-digest' | 'company-digest';

export const templateKinds = Object.keys(mailKinds) as readonly TemplateKind[];

export function isTemplateKind(name: string): name is TemplateKind {
  return Object.hasOwn(mailKinds, name);
}

/** May stand in every text. */
export const commonPlaceholders = [
  'recipientName',
  'tourName',
  'stopName',
  'cityName',
  'venueName',
  'date',
  'time',
  'link',
] as const;

export function placeholdersOf(name: TemplateKind): string[] {
  return [...commonPlaceholders, ...mailKinds[name].placeholders];
}

export function factsOf(name: NoticeKind): MailKindFacts {
  // An organizer who approves an announcement at night means it to go at night.
  if (name === 'announcement') return kind(3, 'ignores', [], true);
  if (name === 'organizer-digest' || name === 'company-digest') return kind(2, 'keeps');
  return mailKinds[name];
}
