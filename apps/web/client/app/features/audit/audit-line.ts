/** One change, as the API lists it. */
export interface AuditLine {
  readonly id: string;
  readonly at: string;
  readonly actor: { readonly role: string; readonly keyId: string | null; readonly userId: string | null };
  readonly resourceType: string;
  readonly resourceId: string;
  readonly action: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** One member that differs; `undefined` where it was not there. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Ids and versions say nothing to people. */
const isSilent = (field: string): boolean =>
  field === 'version' ||
  field === 'id' ||
  (field.endsWith('Id') && field !== 'roomId') ||
  field.endsWith('Ids');

/** What a line changed, member by member, in the order of what is there now. */
export function changesOf({ before, after }: Pick<AuditLine, 'before' | 'after'>): FieldChange[] {
  const names = new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})]);
  return [...names]
    .filter((field) => !isSilent(field))
    .map((field) => ({ field, before: before?.[field], after: after?.[field] }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

/** The word of an action behind its resource: `publish` of `stop.publish`. */
export const verbOf = (action: string): string => action.slice(action.indexOf('.') + 1);

/** The thing of an action: `membership_batch` of `membership_batch.announce`, though its resource is the ledger. */
export const thingOf = (action: string): string => action.slice(0, action.indexOf('.'));

/** The name that a line itself has for its resource, where it has one. */
export function nameWithin({ before, after }: Pick<AuditLine, 'before' | 'after'>): unknown {
  for (const values of [after, before]) {
    const name = values?.['title'] ?? values?.['name'] ?? values?.['label'];
    if (name !== undefined && name !== null) return name;
  }
  return null;
}
