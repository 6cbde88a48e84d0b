import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { FailureLog } from './failure-log.js';
import type { Logger } from './logging.js';
import { periodically } from './periodically.js';

export interface JobSchedule {
  /** The work in a few words, for the log lines of its failures: 'pruning sign-ins'. */
  readonly what: string;
  /** From the end of one run to the start of the next, in milliseconds. */
  readonly pauseMs: number;
  /** In milliseconds; by default after a random part of the pause. */
  readonly firstRunAfterMs?: number;
}

/** Work that a process repeats from its start to its end. A failed run is logged, and the next one comes as planned. */
export abstract class PeriodicJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private stop: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly failuresTo: Logger,
    private readonly schedule: JobSchedule,
  ) {}

  onApplicationBootstrap(): void {
    const { what, pauseMs, firstRunAfterMs } = this.schedule;
    const failures = new FailureLog(this.failuresTo, what);
    const run = () => this.run().then(() => failures.recovered());
    this.stop = periodically(pauseMs, run, (error) => failures.failed(error), firstRunAfterMs);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  protected abstract run(): Promise<unknown>;
}
