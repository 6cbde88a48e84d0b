import { isWaiting, type Scan } from './scan.js';

/** Nothing was sent of it yet, so nobody else can know of it. */
const isUnsent = (scan: Scan): boolean => isWaiting(scan) && scan.sentAt === null;

/** Whether this scan let somebody in who can be taken back. */
export const canTakeBack = ({ said, state, delegateId }: Scan): boolean =>
  said === 'admit' || said === 'unknown'
    ? state === 'waiting' || (state === 'confirmed' && delegateId !== null)
    : said === 'already' && delegateId !== null;

/**
 * What takes a check-in back: one that was never sent is dropped; else the API is asked, after what waits already.
 * @returns `null` where the scan is of nobody whom the list knows, and may have been sent: its answer has to come first
 */
export function takeBack(scan: Scan, next: Pick<Scan, 'id' | 'serial' | 'atMs'>): Scan | null {
  if (isUnsent(scan)) return { ...scan, state: 'dropped', badge: null };
  if (scan.delegateId === null) return null;
  return {
    ...scan,
    ...next,
    said: 'take_back',
    state: 'waiting',
    badge: null,
    sentAt: '',
    tries: 0,
    reason: null,
    checkedInAt: null,
    isSeen: true,
  };
}
