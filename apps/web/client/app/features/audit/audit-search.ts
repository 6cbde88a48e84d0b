const id = /^[0-9a-f-]{36}$/;

/** Of which type of thing, and of which one, lines are shown: as the address says. */
export function auditSearch(search: Record<string, unknown>): { type?: string; id?: string } {
  const { type, id: one } = search;
  return {
    ...(typeof type === 'string' && /^[a-z-]+$/.test(type) ? { type } : {}),
    ...(typeof one === 'string' && id.test(one) ? { id: one } : {}),
  };
}
