import type { Logger } from './logging.js';

/** While something keeps failing it is logged this often, in milliseconds. */
const repeatAfterMs = 30_000;

/** Tells of something that fails again and again: at once, then now and then with a count, and when it is over. */
export class FailureLog {
  private failures = 0;
  private loggedAtMs = -Infinity;

  constructor(
    private readonly logger: Logger,
    private readonly what: string,
    private readonly now: () => number = () => Date.now(),
  ) {}

  failed(error: unknown): void {
    this.failures += 1;
    if (this.now() - this.loggedAtMs < repeatAfterMs) return;
    this.loggedAtMs = this.now();
    this.logger.warn({ err: error, failures: this.failures }, `${this.what} failed and will be tried again`);
  }

  recovered(): void {
    if (this.failures === 0) return;
    this.logger.info({ failures: this.failures }, `${this.what} works again`);
    this.failures = 0;
    this.loggedAtMs = -Infinity;
  }
}
