import type { Me } from '#contracts/people';

/** Where somebody goes after signing in: back to where they came from, on this site alone; else to their desk. */
export function placeAfterSignIn(next: string | null, role: Me['role'], english: boolean): string {
  if (next !== null && /^\/(?![/\\])[\w\-./?=&%]*$/.test(next)) return next;
  const desk = role === 'organizer' ? '/console' : '/company';
  return english ? `/en${desk}` : desk;
}
