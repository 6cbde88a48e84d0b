/** After so long without an answer a company is asked once more. */
const remindAfterMs = 7 * 24 * 3_600_000;
/** Mails about one step at most. */
const maxTimes = 2;

/** Which step the last mail was about, how many there were, and when the last was sent. */
export interface NotifiedFollowUp {
  readonly n: number;
  readonly times: number;
  readonly at: string;
}

interface Decision {
  /** Whether a mail goes out now. */
  readonly notify: boolean;
  readonly notified: NotifiedFollowUp | null;
  /** When to look again; null for never. */
  readonly lookAgainAt: Date | null;
}

/** What to do about a step that waits: notify of a new one at once, and of the same one again after a week. */
export function decideFollowUp(
  waiting: { readonly n: number } | null,
  notified: NotifiedFollowUp | null,
  now: Date,
): Decision {
  if (waiting === null) return { notify: false, notified, lookAgainAt: null };
  const isNew = notified?.n !== waiting.n;
  const times = isNew ? 1 : notified.times + 1;
  if (times > maxTimes) return { notify: false, notified, lookAgainAt: null };
  const dueAt = isNew ? now : new Date(Date.parse(notified.at) + remindAfterMs);
  // Other news of the follow-up came before the week was over: the reminder is still to come.
  if (dueAt > now) return { notify: false, notified, lookAgainAt: dueAt };
  return {
    notify: true,
    notified: { n: waiting.n, times, at: now.toISOString() },
    lookAgainAt: times < maxTimes ? new Date(now.getTime() + remindAfterMs) : null,
  };
}
