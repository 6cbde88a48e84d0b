import { describe, expect, it } from '@jest/globals';
import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { Problem } from '#contracts';
import { isOutage } from './transient-errors.js';

/** An error as TypeORM wraps those of the server. */
const fromServer = (code: string) => Object.assign(new Error('x'), { driverError: { code } });
const withCode = (code: string, message = '') => Object.assign(new Error(message), { code });

describe('isOutage', () => {
  it.each([
    ['connection failure', fromServer('08006')],
    ['too many connections', fromServer('53300')],
    ['disk full', fromServer('53100')],
    ['starting up', fromServer('57P03')],
    ['shut down by the administrator', fromServer('57P01')],
    ['statement time-out', fromServer('57014')],
    ['lock time-out', fromServer('55P03')],
    ['deadlock that outlived its repetitions', fromServer('40P01')],
    ['a standby', fromServer('25006')],
    ['idle in transaction', fromServer('25P03')],
    ['an error of the server that nobody wrapped', withCode('57P03')],
    ['refused', withCode('ECONNREFUSED')],
    ['refused on all addresses', new AggregateError([withCode('ECONNREFUSED')], '')],
    ['unknown host', withCode('ENOTFOUND')],
    ['no connection free', new Error('timeout exceeded when trying to connect')],
    ['a server that hangs', new Error('Query read timeout')],
    ['cut off between two statements', new QueryRunnerAlreadyReleasedError()],
    ['cut off in a transaction', new QueryRunnerProviderAlreadyReleasedError()],
    ['cut off', new Error('Connection terminated unexpectedly')],
  ])('waits for the end of: %s', (_, error) => expect(isOutage(error)).toBe(true));

  it.each([
    ['a broken constraint', fromServer('23505')],
    ['wrong SQL', fromServer('42601')],
    ['a wrong value', fromServer('22P02')],
    ['a refusal', new Problem('request.invalid', 'x')],
    ['a bug', new TypeError('x is undefined')],
    ['a missing file', withCode('ENOENT')],
    ['nothing', null],
  ])('blames the work for: %s', (_, error) => expect(isOutage(error)).toBe(false));
});
