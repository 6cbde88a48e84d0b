/** A JSON schema, as far as it is read here. */
export interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  required?: string[];
  [keyword: string]: unknown;
}

/** Kubernetes' swagger.json. */
export interface Swagger {
  definitions: Record<string, Schema>;
}

export interface CustomResourceDefinition {
  spec: {
    group: string;
    names: { kind: string };
    versions: { name: string; schema: { openAPIV3Schema: Schema } }[];
  };
}

interface Kind {
  group: string;
  version: string;
  kind: string;
}

/** The files that kubeconform reads for Kubernetes' own kinds, by their names. */
export function kindSchemas({ definitions }: Swagger): Record<string, Schema> {
  const closed = mapValues(definitions, (schema, name) => closedDefinition(name, schema));
  const files: Record<string, Schema> = { '_definitions.json': { definitions: closed } };
  for (const [name, schema] of Object.entries(definitions)) {
    const [kind, ...others] = (schema['x-kubernetes-group-version-kind'] ?? []) as Kind[];
    if (kind !== undefined && others.length === 0) files[fileOf(kind)] = ofKind(closed[name] ?? {}, kind);
  }
  return files;
}

/** The same for a custom resource: a file for each version, in a folder for the group. */
export function customSchemas({ spec }: CustomResourceDefinition): Record<string, Schema> {
  const { group, names } = spec;
  return Object.fromEntries(
    spec.versions.map(({ name, schema }) => {
      const closed = close(schema.openAPIV3Schema);
      // Metadata are Kubernetes' own: a definition only says that there are some.
      const properties = { ...closed.properties, metadata: { type: 'object' } };
      const kind = { group, version: name, kind: names.kind };
      return [`${group}/${names.kind.toLowerCase()}_${name}.json`, ofKind({ ...closed, properties }, kind)];
    }),
  );
}

function fileOf({ group, version, kind }: Kind): string {
  const parts = [kind, group.split('.')[0] ?? '', version];
  return `${parts
    .filter((part) => part !== '')
    .join('-')
    .toLowerCase()}.json`;
}

function ofKind(schema: Schema, { group, version, kind }: Kind): Schema {
  const apiVersion = group === '' ? version : `${group}/${version}`;
  return {
    ...schema,
    properties: { ...schema.properties, apiVersion: { const: apiVersion }, kind: { const: kind } },
    required: [...new Set([...(schema.required ?? []), 'apiVersion', 'kind'])],
  };
}

/** Two definitions say "string" in swagger.json and take numbers as well. */
function closedDefinition(name: string, schema: Schema): Schema {
  if (name.endsWith('.util.intstr.IntOrString')) return { type: ['string', 'integer'] };
  if (name.endsWith('.api.resource.Quantity')) return { type: ['string', 'number'] };
  return close(schema);
}

/** Refuses members that a schema does not list, as the API server does with strict field validation. */
function close(schema: Schema): Schema {
  if (schema['x-kubernetes-int-or-string'] === true) return { type: ['string', 'integer'] };
  const entries = Object.entries(schema).filter(([key]) => !/^x-|^description$|^default$/.test(key));
  const closed = Object.fromEntries(entries.map(([key, value]) => [key, closeMember(key, value)])) as Schema;
  const isOpen =
    schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties !== undefined;
  return schema.properties === undefined || isOpen ? closed : { ...closed, additionalProperties: false };
}

function closeMember(key: string, value: unknown): unknown {
  if (key === '$ref') return String(value).replace('#/', '_definitions.json#/');
  if (key === 'properties') return mapValues(value as Record<string, Schema>, close);
  if (['items', 'additionalProperties'].includes(key) && typeof value === 'object')
    return close(value as Schema);
  return value;
}

function mapValues<T>(values: Record<string, T>, change: (value: T, key: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value, key)]));
}
