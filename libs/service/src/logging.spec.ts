import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createLogger } from './logging.js';

/** What one line says. */
function logged(fields: object): { line: string; parsed: Record<string, unknown> } {
  const lines: string[] = [];
  createLogger('stops', 'info', { write: (line) => lines.push(line) }).info(fields, 'said');
  const line = lines.join('');
  return { line, parsed: JSON.parse(line) as Record<string, unknown> };
}

describe('a log line', () => {
  it('is JSON and says when, which service and what', () => {
    const { parsed } = logged({ requestId: 'r-1', seats: 3 });
    expect(parsed).toMatchObject({ service: 'stops', msg: 'said', requestId: 'r-1', seats: 3 });
    expect(Date.parse(String(parsed['time']))).toBeGreaterThan(0);
  });

  it('leaves out what is personal or secret, wherever it stands', () => {
    const keys = ['name', 'email', 'mobile', 'contact', 'jobTitle', 'badge', 'apiKey', 'Authorization'];
    const person = fc.record({
      key: fc.constantFrom(...keys),
      path: fc.array(fc.constantFrom('a', '0', 'list')),
    });
    fc.assert(
      fc.property(person, ({ key, path }) => {
        const bare: Record<string, unknown> = { [key]: 'somebody', id: 'kept' };
        const nested = path.reduce<unknown>((inner, at) => (at === 'list' ? [inner] : { [at]: inner }), bare);
        const { line } = logged({ given: nested });
        expect(line).not.toContain('somebody');
        if (path.length < 7) expect(line).toContain('kept');
      }),
    );
  });

  it('shows of an error what it is and where, and not what the database quotes', () => {
    const failed = Object.assign(new TypeError('could not be stored'), {
      code: '23505',
      detail: 'Key (email)=(somebody@example.com) already exists.',
      parameters: ['somebody@example.com'],
      driverError: { detail: 'somebody@example.com' },
      cause: Object.assign(new Error('below'), { detail: 'somebody@example.com' }),
    });
    const { line, parsed } = logged({ err: failed, requestId: 'r-1' });
    expect(line).not.toContain('somebody');
    expect(parsed['err']).toMatchObject({
      type: 'TypeError',
      message: 'could not be stored',
      code: '23505',
      stack: expect.stringContaining('logging.spec.ts'),
      cause: { message: 'below' },
    });
  });
});
