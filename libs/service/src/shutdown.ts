import type { Logger } from 'pino';

/** What a process may take to finish what it holds, in milliseconds; orchestrators must grant more. */
export const drainBudgetMs = 5_000;

/**
 * Ends the process in order on SIGTERM, SIGINT, or when the supervisor that started it is gone:
 * 0 after a clean drain, 1 when the budget is over.
 */
export function onShutdown(logger: Logger, drain: () => Promise<void>): void {
  let draining = false;
  const shutDown = (why: string) => {
    if (draining) return;
    draining = true;
    logger.info({ why }, 'shutting down');
    setTimeout(() => {
      logger.error('the drain timed out; requests in flight are dropped');
      process.exit(1);
    }, drainBudgetMs).unref();
    drain().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'the drain failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => shutDown('SIGTERM'));
  process.on('SIGINT', () => shutDown('SIGINT'));
  process.on('disconnect', () => shutDown('the supervisor is gone'));
  // It may have gone while this process was still loading its code, and that signal is not sent twice.
  if (process.connected === false) shutDown('the supervisor is gone');
}
