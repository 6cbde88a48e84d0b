import { EventPublisher, tracedPublish, type Broker } from '#messaging';
import {
  OutboxRelay,
  SqlOutbox,
  StreamCheckpoint,
  prune,
  readOutboxStats,
  replayRequested,
  type createDataSource,
} from '#persistence';
import { FailureLog } from './failure-log.js';
import type { Logger } from './logging.js';
import {
  deadLettersKept,
  eventsRepublished,
  outboxOldestSeconds,
  outboxWaiting,
  prunedRows,
  relayFailures,
  streamLosses,
  tableBytes,
} from './metrics.js';
import { periodically } from './periodically.js';
import { StreamIntegrityCheck } from './stream-integrity-check.js';

type DataSource = ReturnType<typeof createDataSource>;

/** Pauses between the rounds of the worker's jobs, in milliseconds. */
const recheckStreamMs = 3_000;
const statsMs = 5_000;
const deadLettersMs = 1_000;
const pruneMs = 60_000;

/** What carries events from the outbox to the stream, and what keeps the tables of it in order. */
export class OutboxWorker {
  readonly relay: OutboxRelay;
  private readonly integrity: StreamIntegrityCheck;
  private readonly checkpoint: StreamCheckpoint;
  private stops: (() => Promise<void>)[] = [];

  constructor(
    private readonly dataSource: DataSource,
    broker: Broker,
    private readonly logger: Logger,
  ) {
    this.checkpoint = new StreamCheckpoint(dataSource);
    this.integrity = new StreamIntegrityCheck(broker, this.checkpoint, () => {
      streamLosses.inc();
      logger.warn('the stream is a new one or has lost events: they are published again from the outbox');
    });
    const publisher = new EventPublisher(broker, () => this.integrity.invalidate());
    this.relay = this.relayTo(publisher);
    broker.onReconnect(() => this.relay.wake());
  }

  /** @param applyAgain applies a dead letter; it throws what its handler throws */
  start(applyAgain: (subject: string, payload: string) => Promise<void>): void {
    this.relay.start();
    this.repeat('looking at the stream', recheckStreamMs, () => this.recheckStream());
    this.repeat('reading the outbox stats', statsMs, () => this.exposeStats());
    this.repeat('replaying dead letters', deadLettersMs, () => this.replayDeadLetters(applyAgain));
    this.repeat('pruning', pruneMs, () =>
      prune(this.dataSource, (table, rows) => prunedRows.inc({ table }, rows)),
    );
  }

  /** Ends the work beside, then publishes what is left. */
  async stop(): Promise<void> {
    await Promise.all(this.stops.map((stop) => stop()));
    await this.relay.stop();
  }

  private relayTo(publisher: EventPublisher): OutboxRelay {
    const outbox = new SqlOutbox(this.dataSource);
    const log = new FailureLog(this.logger, 'the outbox relay');
    return new OutboxRelay(
      {
        inTransaction: async (work) => {
          await this.integrity.ensure();
          return outbox.inTransaction(work);
        },
      },
      tracedPublish((events) => publisher.publish(events)),
      {
        failure: (error) => {
          relayFailures.inc();
          log.failed(error);
        },
        recovery: () => log.recovered(),
      },
    );
  }

  private repeat(what: string, pauseMs: number, work: () => Promise<unknown>): void {
    const log = new FailureLog(this.logger, what);
    const logged = () => work().then(() => log.recovered());
    this.stops.push(periodically(pauseMs, logged, (error) => log.failed(error)));
  }

  private async recheckStream(): Promise<void> {
    const republished = await this.integrity.recheck();
    if (republished === 0) return;
    eventsRepublished.inc(republished);
    this.logger.warn({ events: republished }, 'published events go out again');
    this.relay.wake();
  }

  private async exposeStats(): Promise<void> {
    const figures = await readOutboxStats(this.dataSource);
    outboxWaiting.set(figures.outboxWaiting);
    outboxOldestSeconds.set(figures.outboxOldestSeconds);
    deadLettersKept.set(figures.deadLetters);
    for (const [table, bytes] of Object.entries(figures.tableBytes)) tableBytes.set({ table }, bytes);
  }

  private async replayDeadLetters(
    applyAgain: (subject: string, payload: string) => Promise<void>,
  ): Promise<void> {
    const applied = await replayRequested(this.dataSource, applyAgain);
    if (applied > 0) this.logger.info({ letters: applied }, 'applied dead letters');
  }
}
