import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { problems } from '#contracts';
import { operations } from '../operations/operations.js';
import { openApiDocument } from './document.js';

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
    const text = JSON.stringify(document.paths);
    const outside = new Set(['request.method_not_allowed']);
    const missing = Object.keys(problems).filter((code) => !outside.has(code) && !text.includes(`"${code}"`));
    expect(missing).toEqual([]);
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
