import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Settlement, EventPublisher, Rpc } from '../../libs/messaging/src/index.js';
import { PendingRecords, UnitOfWork } from '../../libs/persistence/src/index.js';

/**
 * Loaded into the processes of a system under test with `node --import`, before their own code: a process kills itself
 * at a named step once the file of that step lies in DIE_AT_FOLDER. So the services run from their source, and know
 * nothing of it: in a bundle nobody could reach their modules. The process that takes the file away dies, so of several replicas one.
 */
const folder = process.env['DIE_AT_FOLDER'] ?? '';
const service = /apps\/(\w+)\//.exec(process.argv[1] ?? '')?.[1] ?? 'none';

function dieAt(step: string): void {
  try {
    rmSync(join(folder, `${service} ${step}`));
  } catch {
    return;
  }
  process.kill(process.pid, 'SIGKILL');
  // Nothing of this process runs on while the signal is under way.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** Wraps a method of a class: `before` runs first, `after` once its promise has resolved. */
function around(
  holder: object,
  name: string,
  { before, after }: { before?: () => void; after?: () => void },
): void {
  const methods = holder as Record<string, (...args: unknown[]) => unknown>;
  const method = methods[name];
  if (method === undefined) throw new Error(`There is no method ${name} to die at.`);
  methods[name] = function (this: unknown, ...args: unknown[]): unknown {
    before?.();
    const result = method.apply(this, args);
    return after !== undefined && result instanceof Promise
      ? result.then((value) => (after(), value))
      : result;
  };
}

// The rows of a change are written or sent; its events, audit lines and answer are next, then the commit.
around(PendingRecords.prototype, 'statements', { before: () => dieAt('before commit') });
around(UnitOfWork.prototype, 'transaction', { after: () => dieAt('after commit') });
around(UnitOfWork.prototype, 'pipelined', { after: () => dieAt('after commit') });
// The relay's transaction marks what the stream acknowledged after this.
around(EventPublisher.prototype, 'publish', { after: () => dieAt('after publish') });
// The effect of an event is committed; its acknowledgement is next.
around(Settlement.prototype, 'apply', { after: () => dieAt('before ack') });
around(Rpc.prototype, 'callRaw', {
  before: () => dieAt('before asking'),
  after: () => dieAt('after the answer'),
});

if (service === 'notifications') {
  const { LaneSession } = await import('../../apps/notifications/src/webhooks/lane-session.js');
  // The receiver has the message; that it was delivered is not written down yet.
  around(LaneSession.prototype, 'send', { after: () => dieAt('after sending') });
  const { SmtpConnections } = await import('../../apps/notifications/src/mail/smtp-connections.service.js');
  // The mail is marked as being sent; then the server has it, and that it has is not written down yet.
  around(SmtpConnections.prototype, 'send', {
    before: () => dieAt('before data'),
    after: () => dieAt('after data'),
  });
}
