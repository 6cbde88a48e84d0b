export const mailStates = ['planned', 'sent', 'deferred', 'failed', 'dropped'] as const;
export type MailState = (typeof mailStates)[number];

/** Which mails are shown, as the address says. */
export function mailSearch({ state }: Record<string, unknown>): { state?: MailState } {
  const isState = (value: unknown): value is MailState => mailStates.includes(value as MailState);
  return isState(state) ? { state } : {};
}
