/** The first delegations, with so many delegates together at most; one alone may have more. */
export function withinLimit<One extends { readonly delegates: readonly unknown[] }>(
  delegations: readonly One[],
  maxDelegates: number,
): { answered: One[]; unanswered: One[] } {
  let delegates = 0;
  const end = delegations.findIndex((one, index) => {
    delegates += one.delegates.length;
    return index > 0 && delegates > maxDelegates;
  });
  return end === -1
    ? { answered: [...delegations], unanswered: [] }
    : { answered: delegations.slice(0, end), unanswered: delegations.slice(end) };
}
