import fc from 'fast-check';

type JsonSchema = Record<string, unknown>;

/** Makes values that a JSON Schema allows (as zod writes it), for tests that drive every message. */
export function arbitraryOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { examples, const: constant, enum: choices, anyOf, type } = schema;
  if (Array.isArray(examples)) return fc.constantFrom(...(examples as unknown[]));
  if ('const' in schema) return fc.constant(constant);
  if (Array.isArray(choices)) return fc.constantFrom(...(choices as unknown[]));
  if (Array.isArray(anyOf)) return fc.oneof(...(anyOf as JsonSchema[]).map(arbitraryOf));
  if (Array.isArray(type)) return fc.oneof(...type.map((one) => arbitraryOf({ ...schema, type: one })));
  switch (type) {
    case 'string':
      return stringOf(schema);
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return arrayOf(schema);
    case 'object':
      return objectOf(schema);
    default:
      return fc.constant(1);
  }
}

function stringOf({ pattern, minLength = 0, maxLength = 40 }: JsonSchema): fc.Arbitrary<string> {
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern, 'u'));
  const size = { minLength: Math.max(Number(minLength), 1), maxLength: Math.min(Number(maxLength), 40) };
  return fc.oneof(
    fc.string({ unit: 'grapheme', ...size }).filter((text) => text.length <= Number(maxLength)),
    fc.constantFrom('数据集', 'データ', 'Ünïcode', "O'Neil <b>"),
  );
}

function numberOf({ type, minimum, maximum }: JsonSchema): fc.Arbitrary<number> {
  const min = typeof minimum === 'number' ? minimum : 0;
  const max = typeof maximum === 'number' ? Math.min(maximum, 1e9) : 1_000;
  return type === 'integer' ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
}

function arrayOf({ items, minItems = 0, maxItems = 3 }: JsonSchema): fc.Arbitrary<unknown[]> {
  const minLength = Number(minItems);
  return fc.array(arbitraryOf(items as JsonSchema), {
    minLength,
    maxLength: Math.max(minLength, Math.min(Number(maxItems), 3)),
  });
}

/** With `oneOf` the members of one of its ways alone. */
function objectOf(schema: JsonSchema): fc.Arbitrary<object> {
  const { oneOf, properties = {} } = schema;
  if (!Array.isArray(oneOf)) return recordOf(schema);
  const ways = (oneOf as { required: string[] }[]).map(({ required }) => {
    const own = Object.entries(properties as object).filter(([name]) => required.includes(name));
    return recordOf({ properties: Object.fromEntries(own), required });
  });
  return fc.oneof(...ways);
}

function recordOf({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<object> {
  const shape = Object.entries(properties as Record<string, JsonSchema>).map(
    ([name, schema]) => [name, arbitraryOf(schema)] as const,
  );
  return fc.record(Object.fromEntries(shape), { requiredKeys: required as never[] });
}
