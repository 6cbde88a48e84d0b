/** What a `Retry-After` asks for, in milliseconds (RFC 9110, 10.2.3: seconds, or an HTTP date); null where it is unreadable. */
export function retryAfterMsOf(header: string | string[] | undefined, now: Date): number | null {
  if (typeof header !== 'string') return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
