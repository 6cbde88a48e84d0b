import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Problem } from './problems.js';
import { Instant, LocalizedNameInput, integer } from './values/values.js';
import { parseOrRefuse } from './validation.js';

const schema = z.strictObject({
  limit: integer(1, 5).optional(),
  body: z.strictObject({
    name: LocalizedNameInput,
    at: Instant.optional(),
    'a/b~c': z.string().optional(),
    slots: z
      .union([
        z.strictObject({ from: Instant, minutes: integer(5, 240) }),
        z.strictObject({ starts: z.array(Instant), minutes: integer(5, 240) }),
      ])
      .optional(),
  }),
});

function refusalOf(value: unknown): Problem {
  try {
    parseOrRefuse(schema, value, []);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('It was taken.');
}

const body = { name: { zh: '成都站' } };

describe('a refused request', () => {
  it.each<[unknown, object[]]>([
    [{}, [{ pointer: '', message: 'is required' }]],
    [{ body, limit: 6 }, [{ parameter: 'limit', message: 'must be at most 5' }]],
    [{ body, more: 1 }, [{ parameter: 'more', message: 'is not a known parameter' }]],
    [{ body: { ...body, more: 1 } }, [{ pointer: '/more', message: 'is not a known field' }]],
    [{ body: { ...body, 'a/b~c': 1 } }, [{ pointer: '/a~1b~0c', message: 'must be a text' }]],
    [{ body: { name: {} } }, [{ pointer: '/name', message: 'needs "zh", "en" or both' }]],
    [
      { body: { name: { fr: 'x' } } },
      [
        { pointer: '/name/fr', message: 'is not a known field' },
        { pointer: '/name', message: 'needs "zh", "en" or both' },
      ],
    ],
    [{ body: { name: { zh: '' } } }, [{ pointer: '/name/zh', message: 'must not be empty' }]],
    [
      { body: { ...body, at: 'x' } },
      [{ pointer: '/at', message: 'must be an RFC 3339 instant such as 2026-01-16T09:00:00+08:00' }],
    ],
    [
      { body: { ...body, slots: { from: '2030-01-01T00:00:00Z', minutes: 1 } } },
      [{ pointer: '/slots/minutes', message: 'must be at least 5' }],
    ],
    [
      { body: { ...body, slots: { starts: ['x'], minutes: 5 } } },
      [
        {
          pointer: '/slots/starts/0',
          message: 'must be an RFC 3339 instant such as 2026-01-16T09:00:00+08:00',
        },
      ],
    ],
    [
      { body: { ...body, slots: { from: '2030-01-01T00:00:00Z' } } },
      [{ pointer: '/slots/minutes', message: 'is required' }],
    ],
    [{ body: { ...body, slots: 5 } }, [{ pointer: '/slots', message: 'must be an object' }]],
    [{ body: { ...body, slots: null } }, [{ pointer: '/slots', message: 'must not be null' }]],
  ])('%j names each place once', (value, errors) => expect(refusalOf(value).extra.errors).toEqual(errors));

  it('names the first place in its detail, and how many more there are', () => {
    expect(refusalOf({ limit: 6, body: {} }).detail).toBe(
      'Parameter "limit": must be at most 5 (and 1 more, see errors)',
    );
  });

  it('does not grow with what was sent', () => {
    const keys = Array.from({ length: 10_000 }, (_, index) => [`${index}`.padEnd(500, 'x'), 1]);
    const { extra } = refusalOf({ body: { ...body, ...Object.fromEntries(keys) } });
    expect(extra.errors).toHaveLength(100);
    expect(JSON.stringify(extra).length).toBeLessThan(20_000);
  });
});
