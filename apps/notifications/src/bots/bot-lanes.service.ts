import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import {
  LaneWorker,
  type Delivery,
  type Lane,
  type LanePlaces,
  type LaneResult,
  type LeasedLane,
} from '#deliveries';
import { Database, UnitOfWork, type Transaction } from '#persistence';
import { FailureLog, LOGGER, type Logger } from '#service';
import { laneLimits, leaseMs } from '../lanes/lane-limits.js';
import { FeedSignals } from '../log/feed-signals.service.js';
import { LogRepository } from '../log/log.repository.js';
import type { MessageEntity } from '../log/message.entity.js';
import { countAttempt, countDelivered } from '../metrics/delivery.metrics.js';
import { wantsMessage } from '../webhooks/webhook.js';
import { BotSender, type BotReport } from './bot-sender.service.js';
import type { BotEntity } from './bot.entity.js';
import { BotRepository } from './bot.repository.js';
import { stateAfter } from './bot.js';

/** Robots at once in a process. */
const limits = { maxLanes: 16, keptLanes: 4, slowAfterMs: 1_000, maxSlowLanes: 128, maxDownLanes: 4 };
/** What happens within this time of the first message goes into the same digest. */
const gatherMs = 250;
/** Messages of the log that are looked at for one digest. */
const maxMessages = 200;

/** A leased robot with what it is about to write, which is one delivery. */
interface Digest extends LeasedLane {
  readonly bot: BotEntity;
  readonly leaseId: string;
  readonly messages: readonly MessageEntity[];
}

/** Works off robots as lanes: of each one digest at a time, of all that waits for it in the log. */
@Injectable()
export class BotLanes implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly worker: LaneWorker<BotReport, Digest>;
  private readonly failures: FailureLog;
  private gathering: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly bots: BotRepository,
    private readonly log: LogRepository,
    private readonly sender: BotSender,
    private readonly signals: FeedSignals,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.failures = new FailureLog(logger, 'writing to chat robots');
    this.worker = new LaneWorker<BotReport, Digest>(
      {
        lease: (places) => this.lease(places),
        settle: (digest, result) => this.settle(digest, result),
        nextDueAt: (after) => this.bots.nextDueAt(this.database, after),
      },
      {
        ...laneLimits,
        ...limits,
        send: ({ bot, messages }) => this.sender.sendDigest(bot, messages),
        maxInFlight: 1,
        onFailed: (error) => this.failures.failed(error),
      },
    );
  }

  onApplicationBootstrap(): void {
    this.signals.whenSent(() => {
      this.gathering ??= setTimeout(() => this.wake(), gatherMs);
    });
    this.worker.start();
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.gathering);
    await this.worker.stop();
  }

  wake(): void {
    this.gathering = undefined;
    this.worker.wake();
  }

  private lease(places: LanePlaces): Promise<Digest[]> {
    return this.unitOfWork.transaction(async (manager) => {
      const taken = await this.bots.lockDue(manager, places);
      const made: Digest[] = [];
      for (const bot of taken) {
        const messages = await this.waitingFor(manager, bot);
        if (messages.length === 0) continue;
        const leaseId = await this.bots.lease(manager, bot, leaseMs);
        made.push({ bot, messages, leaseId, ...leasedLane(bot, messages) });
      }
      return made;
    });
  }

  /** The messages that a robot wants of those that wait. What it does not want it is done with. */
  private async waitingFor(manager: Transaction, bot: BotEntity): Promise<MessageEntity[]> {
    const page = await this.log.read(
      manager,
      { organizationId: bot.organizationId },
      { afterSeq: bot.seq, types: null, stopId: null, limit: maxMessages },
    );
    const owner = { ...bot, companyId: null };
    const wanted = page.filter((message) => wantsMessage(owner, message, false));
    if (wanted.length === 0) await this.bots.moveTo(manager, bot.id, page.at(-1)?.seq ?? bot.seq);
    return wanted;
  }

  private async settle(digest: Digest, { lane, deliveries, attempts }: LaneResult<BotReport>): Promise<void> {
    for (const { outcome } of attempts) countAttempt('bot', outcome);
    if (deliveries.some(({ state }) => state === 'delivered'))
      for (const { time } of digest.messages) countDelivered('bot', time.getTime(), Date.now());
    const isDone = deliveries.some(({ state }) => state !== 'waiting');
    await this.unitOfWork.transaction(async (manager) => {
      const bot = await this.bots.lockLeased(manager, digest.id, digest.leaseId);
      if (bot === null) return;
      await this.bots.settle(manager, bot, {
        lane,
        seq: isDone ? (digest.messages.at(-1)?.seq ?? bot.seq) : bot.seq,
        sent: attempts.length > 0,
        state: stateAfter(bot.state, lane.state),
      });
    });
    this.failures.recovered();
  }
}

/** A digest is one delivery: what waits longer than a delivery may is given up with it. */
function leasedLane(bot: BotEntity, messages: readonly MessageEntity[]): LeasedLane {
  const lane: Lane = {
    state: 'active',
    failuresInARow: bot.failures,
    lastFailureAt: bot.lastFailureAt?.getTime() ?? null,
    lastSuccessAt: bot.lastSuccessAt.getTime(),
    nextAt: bot.nextAt.getTime(),
  };
  const delivery: Delivery = {
    id: bot.id,
    key: bot.id,
    position: Number(messages.at(-1)?.seq ?? bot.seq),
    state: 'waiting',
    attempts: 0,
    createdAt: messages.at(-1)?.time.getTime() ?? Date.now(),
    firstFailedAt: null,
    nextAt: 0,
    refused: false,
  };
  return { id: bot.id, lane, waiting: [delivery] };
}
