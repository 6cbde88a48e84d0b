/** A part of JSON Schema: the words that zod writes. */
type Schema = Readonly<Record<string, unknown>>;

export type Described = { readonly input: Schema; readonly output: Schema } | { readonly data: Schema };

/** Whether the receiver of a message refuses members that it does not know, or leaves them out. */
type UnknownMembers = 'refused' | 'ignored';

/**
 * Why two versions that differ in these contracts could not run side by side; empty where they can. Requests of the
 * older one must be taken by the newer one, answers of the newer one by the older one, and events, as well as answers
 * among services, in both directions.
 * @param amongServices the subjects that services ask of each other
 */
export function incompatibilities(
  before: Readonly<Record<string, Described>>,
  now: Readonly<Record<string, Described>>,
  amongServices: ReadonlySet<string>,
): string[] {
  return Object.entries(before).flatMap(([subject, old]) => {
    const present = now[subject];
    if (present === undefined) return [`${subject} is gone: the version before still uses it`];
    if ('data' in old) return 'data' in present ? both(old.data, present.data, subject) : [subject];
    if ('data' in present) return [subject];
    const answers = amongServices.has(subject)
      ? both(old.output, present.output, `${subject} answer`)
      : refusals(present.output, old.output, `${subject} answer`, 'ignored');
    return [...refusals(old.input, present.input, `${subject} request`, 'refused'), ...answers];
  });
}

function both(old: Schema, now: Schema, at: string): string[] {
  return [...refusals(old, now, at, 'ignored'), ...refusals(now, old, at, 'ignored')];
}

/** Why `taker` would not take every message that `giver` allows. What can't be compared counts as refused. */
export function refusals(giver: Schema, taker: Schema, at: string, unknown: UnknownMembers): string[] {
  const takers = alternatives(taker);
  return alternatives(giver).flatMap((one) => {
    const tried = takers.map((other) => oneRefuses(one, other, at, unknown));
    return tried.some((problems) => problems.length === 0) ? [] : shortest(tried);
  });
}

function shortest(tried: readonly string[][]): string[] {
  return tried.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

function alternatives(schema: Schema): Schema[] {
  const { anyOf, type } = schema;
  if (Array.isArray(anyOf)) return (anyOf as Schema[]).flatMap(alternatives);
  return Array.isArray(type) ? type.map((one: unknown) => ({ ...schema, type: one })) : [schema];
}

function oneRefuses(giver: Schema, taker: Schema, at: string, unknown: UnknownMembers): string[] {
  const [given, taken] = [valuesOf(giver), valuesOf(taker)];
  if (taken !== undefined) {
    const strange = given?.filter((value) => !taken.includes(value)) ?? ['any value'];
    return strange.length === 0 ? [] : [`${at}: ${strange.join(', ')} is not one of ${taken.join(', ')}`];
  }
  if (taker['type'] === undefined) return [];
  const [is, should] = [typeOf(giver), typeOf(taker)];
  if (is !== should && !(is === 'integer' && should === 'number')) return [`${at}: ${is} is not ${should}`];
  if (given !== undefined) return [];
  switch (should) {
    case 'object':
      return objectRefuses(giver, taker, at, unknown);
    case 'array':
      return [...limits(giver, taker, at), ...itemsRefuse(giver, taker, at, unknown)];
    default:
      return [...limits(giver, taker, at), ...forms(giver, taker, at)];
  }
}

/** Once alternatives are parted, a type is one word; a schema without one allows everything. */
function typeOf({ type }: Schema): string {
  return typeof type === 'string' ? type : 'anything';
}

function valuesOf({ enum: values, ...schema }: Schema): string[] | undefined {
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value));
  return 'const' in schema ? [JSON.stringify(schema['const'])] : undefined;
}

function objectRefuses(giver: Schema, taker: Schema, at: string, unknown: UnknownMembers): string[] {
  const [given, taken] = [membersOf(giver), membersOf(taker)];
  const always = new Set(giver['required'] as string[] | undefined);
  const missing = ((taker['required'] ?? []) as string[]).filter((name) => !always.has(name));
  const problems = missing.map((name) => `${at}.${name} may be missing`);
  for (const [name, schema] of Object.entries(given)) {
    const other = taken[name];
    if (other !== undefined) problems.push(...refusals(schema, other, `${at}.${name}`, unknown));
    else if (unknown === 'refused' && taker['additionalProperties'] === false)
      problems.push(`${at}.${name} is not known`);
  }
  const [rest, restTaken] = [giver['additionalProperties'], taker['additionalProperties']];
  if (isSchema(rest) && isSchema(restTaken)) problems.push(...refusals(rest, restTaken, `${at}.*`, unknown));
  return problems;
}

function itemsRefuse(giver: Schema, taker: Schema, at: string, unknown: UnknownMembers): string[] {
  const [given, taken] = [giver['items'], taker['items']];
  return isSchema(given) && isSchema(taken) ? refusals(given, taken, `${at}[]`, unknown) : [];
}

const lowest = ['minLength', 'minimum', 'minItems'];
const highest = ['maxLength', 'maximum', 'maxItems'];

function limits(giver: Schema, taker: Schema, at: string): string[] {
  const tighter = [
    ...lowest.filter((word) => Number(taker[word] ?? -Infinity) > Number(giver[word] ?? -Infinity)),
    ...highest.filter((word) => Number(taker[word] ?? Infinity) < Number(giver[word] ?? Infinity)),
  ];
  return tighter.map((word) => `${at}: ${word} ${String(giver[word])} is beyond ${String(taker[word])}`);
}

/** Whether one pattern takes all that another allows can't be decided; so a changed one counts as another. */
function forms(giver: Schema, taker: Schema, at: string): string[] {
  return ['pattern', 'format']
    .filter((word) => taker[word] !== undefined && taker[word] !== giver[word])
    .map((word) => `${at}: another ${word}`);
}

function membersOf(schema: Schema): Record<string, Schema> {
  return (schema['properties'] ?? {}) as Record<string, Schema>;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}
