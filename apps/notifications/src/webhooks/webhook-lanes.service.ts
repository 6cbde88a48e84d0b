import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LaneWorker, type LanePlaces, type LaneResult } from '#deliveries';
import { CommandQueue, Database, UnitOfWork, allOrNone } from '#persistence';
import { FailureLog, LOGGER, type Logger } from '#service';
import { laneLimits, leaseMs } from '../lanes/lane-limits.js';
import { countAttempt, countDelivered } from '../metrics/delivery.metrics.js';
import { DeliveryService } from './delivery.service.js';
import { LaneRepository } from './lane.repository.js';
import type { SendReport } from './lane-session.js';
import { LaneSettlement, type WorkedLane } from './lane-settlement.service.js';
import { WebhookSender, type OpenLane } from './webhook-sender.service.js';

/** Lanes at once in a process. */
const limits = { maxLanes: 64, keptLanes: 16, slowAfterMs: 100, maxSlowLanes: 1_024, maxDownLanes: 16 };
const maxInFlight = 4;

/** Works off the deliveries of endpoints, lane by lane. */
@Injectable()
export class WebhookLanes implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly worker: LaneWorker<SendReport, OpenLane>;
  private readonly failures: FailureLog;
  /** Lanes that end together, as a thousand do whose receivers hang, share one transaction and its connection. */
  private readonly settling = new CommandQueue<WorkedLane>({
    decide: allOrNone((worked) => this.settlement.settle(worked)),
    groupOf: ({ leased }) => leased.id,
    maxWaiting: Infinity,
  });

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly lanes: LaneRepository,
    private readonly deliveries: DeliveryService,
    private readonly settlement: LaneSettlement,
    private readonly sender: WebhookSender,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.failures = new FailureLog(logger, 'delivering webhooks');
    this.worker = new LaneWorker<SendReport, OpenLane>(
      {
        lease: (places) => this.lease(places),
        settle: (leased, result) => this.settle({ leased, result }),
        nextDueAt: (after) => this.lanes.nextDueAt(this.database, after),
      },
      {
        ...laneLimits,
        ...limits,
        send: (leased, { id }) => this.sender.send(leased, id),
        maxInFlight,
        onFailed: (error) => this.failures.failed(error),
      },
    );
  }

  onApplicationBootstrap(): void {
    this.deliveries.whenWoken(() => this.worker.wake());
    this.worker.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }

  private async lease(places: LanePlaces): Promise<OpenLane[]> {
    const leased = await this.unitOfWork.transaction((manager) => this.lanes.lease(manager, places, leaseMs));
    return this.sender.open(leased);
  }

  private async settle(worked: WorkedLane): Promise<void> {
    worked.leased.session.close();
    count(worked.result);
    await this.settling.submit(worked);
    this.failures.recovered();
  }
}

function count({ attempts, deliveries }: LaneResult<SendReport>): void {
  for (const { outcome } of attempts) countAttempt('webhook', outcome);
  for (const { state, createdAt } of deliveries)
    if (state === 'delivered') countDelivered('webhook', createdAt, Date.now());
}
