import type { Scan } from './scan.js';

/** What came back for a request; without a network the status is 0. */
export interface Answer {
  readonly status: number;
  readonly code: string | null;
  readonly body: unknown;
  readonly retryAfterMs: number | null;
  /** The server's clock when it answered, where the answer says it. */
  readonly serverMs: number | null;
}

/** What to do after an answer: go on with the changed scan, ask later, or stop until somebody signs in. */
export type Step =
  | { readonly kind: 'done'; readonly scan: Scan }
  | { readonly kind: 'again'; readonly scan: Scan; readonly afterMs: number }
  | { readonly kind: 'signed_out' };

interface CheckedIn {
  readonly delegate: { readonly id: string; readonly name: string };
  readonly company: { readonly name: { zh?: string; en?: string } };
  readonly checkedInAt: string;
  readonly repeated: boolean;
}

const firstWaitMs = 1_000;
const maxWaitMs = 15_000;
/** An error that is not about the network or load comes again; somebody has to look at it. */
const maxServerErrors = 5;

/** How long to wait after this many tries in vain. */
export const waitMs = (tries: number): number => Math.min(maxWaitMs, firstWaitMs * 2 ** Math.min(tries, 10));

export function afterAnswer(sent: Scan, answer: Answer, newId: () => string): Step {
  const { status, code } = answer;
  if (status >= 200 && status < 300) return { kind: 'done', scan: afterSuccess(sent, answer.body) };
  if (status === 401 || status === 403) return { kind: 'signed_out' };
  const tried = { ...sent, tries: sent.tries + 1 };
  const later: Step = { kind: 'again', scan: tried, afterMs: answer.retryAfterMs ?? waitMs(sent.tries) };
  if (status === 0 || status === 408 || status === 429 || status === 503 || status === 504) return later;
  if (status >= 500 && tried.tries < maxServerErrors) return later;
  // The clock of this phone runs ahead: let the API take its own time.
  if (status === 422 && sent.sentAt !== null && sent.sentAt !== '')
    return { kind: 'again', scan: { ...tried, id: newId(), sentAt: '' }, afterMs: 0 };
  return {
    kind: 'done',
    scan: { ...tried, state: 'refused', reason: code ?? 'internal.error', badge: null },
  };
}

/** The badge has done its work and is not kept. */
function afterSuccess(sent: Scan, body: unknown): Scan {
  const done = { ...sent, badge: null, tries: sent.tries + 1 };
  if (sent.said === 'take_back') return { ...done, state: 'confirmed' };
  const { delegate, company, checkedInAt, repeated } = body as CheckedIn;
  const known = { ...done, delegateId: delegate.id, name: delegate.name, company: company.name, checkedInAt };
  if (!repeated) return { ...known, state: 'confirmed' };
  // The earliest time stays: where it is ours, another door has scanned the same badge after us.
  return isSameInstant(checkedInAt, sent.sentAt)
    ? { ...known, state: 'confirmed', reason: 'also_elsewhere' }
    : { ...known, state: 'refused', reason: 'already' };
}

const isSameInstant = (one: string, other: string | null): boolean =>
  other !== null && other !== '' && Date.parse(one) === Date.parse(other);

/** What a scan sends. The time is that of the scan on the server's clock, as far as the difference is known. */
export function requestOf(scan: Scan, stopId: string): { method: string; path: string; body: unknown } {
  const checkIns = `/stops/${stopId}/check-ins`;
  if (scan.said === 'take_back')
    return { method: 'DELETE', path: `${checkIns}/${scan.delegateId}`, body: undefined };
  const who = scan.badge === null ? { delegateId: scan.delegateId } : { badge: scan.badge };
  const when = scan.sentAt === null || scan.sentAt === '' ? {} : { at: scan.sentAt };
  return { method: 'POST', path: checkIns, body: { ...who, ...when } };
}

/** Less than this is a slow network, or the second that the header leaves out. */
const trustedOffsetMs = 5_000;

/** By how much the server's clock is ahead of this phone's. */
export function clockOffset(askedMs: number, answeredMs: number, serverMs: number | null): number | null {
  if (serverMs === null) return null;
  const offset = serverMs - (askedMs + answeredMs) / 2;
  return Math.abs(offset) < trustedOffsetMs ? 0 : Math.round(offset);
}

/** The scan as it is sent from now on, however often. */
export const stamped = (scan: Scan, offsetMs: number): Scan =>
  scan.sentAt === null ? { ...scan, sentAt: new Date(scan.atMs + offsetMs).toISOString() } : scan;
