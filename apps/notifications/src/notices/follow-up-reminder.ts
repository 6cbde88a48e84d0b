/** After so long without an answer a company is asked once more. */
export const remindAfterMs = 7 * 24 * 3_600_000;
/** Mails about one step at most. */
const maxTimes = 2;

/** Which step the last mail was about, how many there were, and when the last was sent. */
export interface ToldOfFollowUp {
  readonly n: number;
  readonly times: number;
  readonly at: string;
}

interface Decision {
  /** Whether a mail goes out now. */
  readonly tell: boolean;
  readonly told: ToldOfFollowUp | null;
  /** Whether to look again after `remindAfterMs`. */
  readonly remind: boolean;
}

/** What to do about a step that waits: tell of a new one at once, and of the same one again after a week. */
export function decideFollowUp(
  waiting: { readonly n: number } | null,
  told: ToldOfFollowUp | null,
  now: Date,
): Decision {
  if (waiting === null) return { tell: false, told, remind: false };
  const isNew = told?.n !== waiting.n;
  const times = isNew ? 1 : told.times + 1;
  const isDue = isNew || now.getTime() - Date.parse(told.at) >= remindAfterMs;
  if (!isDue || times > maxTimes) return { tell: false, told, remind: false };
  return { tell: true, told: { n: waiting.n, times, at: now.toISOString() }, remind: times < maxTimes };
}
