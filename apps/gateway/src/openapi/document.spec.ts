import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { problems } from '#contracts';
import { operations } from '../operations/operations.js';
import type { z } from 'zod';
import { openApiDocument, projectVersion } from './document.js';
import { exampleBodies } from './example-bodies.js';
import { exampleResources } from './example-resources.js';
import { named } from './schemas.js';

const document = openApiDocument(operations, '1.2.3') as {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
};

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(structuredClone(document));
    expect(result).toEqual({ valid: true });
  });

  it('has every operation, with its success and the refusals that any request may meet', () => {
    for (const { id, method, path, status } of operations) {
      const written = document.paths[path]?.[method.toLowerCase()];
      expect(written?.operationId).toBe(id);
      expect(Object.keys(written?.responses ?? {})).toEqual(
        expect.arrayContaining([String(status), '401', '422', '429', '500', '503']),
      );
    }
  });

  it('names every problem code that an operation may answer', () => {
    const text = JSON.stringify(document.paths).replaceAll(/"examples":\{[^}]*\}/g, '');
    const outside = new Set(['request.method_not_allowed']);
    const missing = Object.keys(problems).filter((code) => !outside.has(code) && !text.includes(`"${code}"`));
    expect(missing).toEqual([]);
  });

  it('shows a body for every operation that takes one, which the operation would take', () => {
    const taking = operations.filter(({ signature }) => 'body' in (signature.input as z.ZodObject).shape);
    expect(Object.keys(exampleBodies).toSorted()).toEqual(taking.map(({ id }) => id).toSorted());
    for (const { id, signature } of taking) {
      const { shape } = signature.input as z.ZodObject;
      const read = (shape['body'] as z.ZodType).safeParse(exampleBodies[id]);
      expect([id, read.error?.issues ?? []]).toEqual([id, []]);
    }
  });

  it('shows every named resource as it would be answered', () => {
    expect(Object.keys(exampleResources).toSorted()).toEqual(Object.keys(named).toSorted());
    for (const [id, schema] of Object.entries(named)) {
      const read = schema.safeParse(exampleResources[id]);
      // What the schema does not know is dropped when it is read, so nothing may be missing afterwards.
      expect([id, read.data]).toEqual([id, exampleResources[id]]);
    }
  });

  it('is the committed copy, so that a review sees what changes for users', () => {
    const copy = readFileSync(new URL('../../../../openapi.json', import.meta.url), 'utf8');
    const present = `${JSON.stringify(openApiDocument(operations, projectVersion()), null, 1)}\n`;
    // Where this fails on purpose: npm run openapi, and commit the copy.
    expect(present === copy ? 'the same' : 'openapi.json is out of date: run npm run openapi').toBe(
      'the same',
    );
  });

  it('points to nothing that is not there', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(references.length).toBeGreaterThan(100);
    for (const reference of new Set(references))
      expect([reference, lookUp(reference)]).toEqual([reference, expect.anything()]);
  });
});

function lookUp(reference: string): unknown {
  return reference
    .split('/')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document);
}
