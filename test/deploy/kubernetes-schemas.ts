import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { customResources } from './custom-resources.js';
import type { KubernetesObject } from './objects.js';

interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  [keyword: string]: unknown;
}

const packages = join(projectRoot, 'node_modules');
const folders = ['kubernetes-models/_schemas', '@kubernetes-models/apimachinery/_schemas'];

/** Fields that Kubernetes has got since the schemas of kubernetes-models were made (1.29: the sleep of preStop). */
const newer: Readonly<Record<string, Record<string, Schema>>> = {
  'io.k8s.api.core.v1.LifecycleHandler': {
    sleep: {
      type: 'object',
      properties: { seconds: { type: 'integer' } },
      required: ['seconds'],
      additionalProperties: false,
    },
  },
};

/** The definitions of Kubernetes' own schemas that the kinds below come from; other kinds are custom resources. */
const groups: Readonly<Record<string, string>> = {
  v1: 'io.k8s.api.core.v1',
  'apps/v1': 'io.k8s.api.apps.v1',
  'batch/v1': 'io.k8s.api.batch.v1',
  'policy/v1': 'io.k8s.api.policy.v1',
  'autoscaling/v2': 'io.k8s.api.autoscaling.v2',
  'networking.k8s.io/v1': 'io.k8s.api.networking.v1',
};

const ajv = new Ajv({ strict: false, allErrors: true });
for (const format of ['int32', 'int64', 'double', 'byte', 'date-time']) ajv.addFormat(format, true);
ajv.addFormat('quantity', /^[+-]?\d+(\.\d+)?(m|[kMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/);
const validators = new Map<string, ValidateFunction>();

/** What is wrong with an object by the schema of its kind: wrong types, missing fields, and names that do not exist. */
export function schemaFaults(object: KubernetesObject): string[] {
  const validate = validatorOf(object.apiVersion, object.kind);
  if (validate === undefined) return [`no schema for ${object.apiVersion} ${object.kind}`];
  return validate(object) ? [] : (validate.errors ?? []).map(describe);
}

function describe({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath} ${message} ${JSON.stringify(params)}`;
}

function validatorOf(apiVersion: string, kind: string): ValidateFunction | undefined {
  const key = `${apiVersion} ${kind}`;
  const known = validators.get(key);
  if (known !== undefined) return known;
  const definition = `${groups[apiVersion]}.${kind}`;
  const schema = customResources[key] ?? (fileOf(definition) ? load(definition) : undefined);
  if (schema === undefined) return undefined;
  const validate = ajv.compile(schema);
  validators.set(key, validate);
  return validate;
}

/** One definition with those it refers to; each is registered once. */
function load(definition: string): Schema {
  const id = `${definition}#`;
  if (ajv.getSchema(id) === undefined) register(definition, new Set());
  return { $ref: id };
}

function register(definition: string, seen: Set<string>): void {
  if (
    seen.has(definition) ||
    ajv.schemas[`${definition}#`] !== undefined ||
    ajv.schemas[definition] !== undefined
  )
    return;
  seen.add(definition);
  const schema = close(readSchema(definition), newer[definition]);
  for (const reference of referencesIn(schema)) register(reference, seen);
  ajv.addSchema(schema, definition);
}

/** The package holds each schema as a constant in a module of its own. */
function readSchema(definition: string): Schema {
  const file = fileOf(definition);
  if (file === undefined) throw new Error(`No schema of ${definition}`);
  const literal = /const schema = (\{[\s\S]*?\n\});/.exec(readFileSync(file, 'utf8'))?.[1];
  if (literal === undefined) throw new Error(`No schema in ${file}`);
  return JSON.parse(literal) as Schema;
}

function fileOf(definition: string): string | undefined {
  const name = definition
    .split(/[.-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  return folders.map((folder) => join(packages, folder, `${name}.js`)).find((file) => existsSync(file));
}

/** Refuses names that a schema does not list. Kubernetes itself drops or refuses them, its published schemas do not. */
function close(schema: Schema, more: Record<string, Schema> = {}): Schema {
  const closed = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closeValue(key, value)]),
  );
  if (schema.properties === undefined) return closed;
  return {
    additionalProperties: false,
    ...closed,
    properties: { ...(closed['properties'] as object), ...more },
  };
}

function closeValue(key: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => closeValue('', one));
  if (typeof value !== 'object' || value === null) return value;
  if (key !== 'properties') return close(value as Schema);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, close(one as Schema)]));
}

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === '$ref' && typeof one === 'string' ? [one.replace(/#$/, '')] : referencesIn(one),
  );
}
