/** Events older than this are not published: after a long outage they would be surprises. */
export const maxNewsAgeMs = 24 * 3_600_000;

/**
 * Whether an event is published, or only remembered to compare the next one with. Switching the service on,
 * replaying states and restoring a backup bring old news, which must not go out again.
 * @param followingSince when this service first followed, or was restored
 */
export function isNews(
  event: { readonly time: string; readonly replayed?: boolean | undefined },
  followingSince: Date,
  now: Date,
): boolean {
  const at = Date.parse(event.time);
  if (event.replayed === true || Number.isNaN(at)) return false;
  return at >= followingSince.getTime() && now.getTime() - at <= maxNewsAgeMs;
}
