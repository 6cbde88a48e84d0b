import { Counter } from 'prom-client';
import type { Verification } from '#contracts';
import { metrics } from '#service';

type Result = 'valid' | 'ended' | 'unknown';

const verifications = new Counter({
  name: 'waystop_verifications_total',
  help: 'Codes that were looked up: valid, ended (revoked or replaced), or unknown',
  labelNames: ['result'],
  registers: [metrics],
});

// Series that are there from the start: the first of their events is then seen as a rate, too.
for (const result of ['valid', 'ended', 'unknown'] satisfies Result[]) verifications.inc({ result }, 0);

export function countVerification({ valid, status }: Verification): void {
  const ended: Result = status === undefined ? 'unknown' : 'ended';
  verifications.inc({ result: valid ? 'valid' : ended });
}
