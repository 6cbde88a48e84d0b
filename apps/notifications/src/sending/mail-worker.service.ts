import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { AdvisoryLocks, UnitOfWork } from '#persistence';
import { FailureLog, LOGGER, periodically, type Logger } from '#service';
import { MailSender } from '../mail/mail-sender.service.js';
import { MailDispatcher } from './mail-dispatcher.service.js';
import { MailPlanner } from '../planning/mail-planner.service.js';
import { MailTopicRepository } from '../mail-topics/mail-topic.repository.js';
import { NoticeRepository } from '../notices/notice.repository.js';

/** One process at a time does it, since the pace of providers is kept in memory; others look again this often. */
const takeOverMs = 2_000;
/** The lock is taken anew after this: a connection that was lost unseen would leave two at work. */
const turnMs = 60_000;
const idleMs = 500;
const pruneEveryMs = 3_600_000;
/** Mails are listed this long. */
const keptDays = 90;
const prunePage = 2_000;

/** Plans and sends mails, in one process of all. */
@Injectable()
export class MailWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private stopped = false;
  private stops: (() => Promise<void>)[] = [];

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly locks: AdvisoryLocks,
    private readonly sender: MailSender,
    private readonly planner: MailPlanner,
    private readonly dispatcher: MailDispatcher,
    private readonly topics: MailTopicRepository,
    private readonly notices: NoticeRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.sender.canSend) return;
    const failures = new FailureLog(this.logger, 'the work on mails');
    const turn = () =>
      this.locks.withAdvisoryLock('mails', () => this.turn()).then(() => failures.recovered());
    this.stops = [
      periodically(takeOverMs, turn, (error) => failures.failed(error), 0),
      periodically(
        pruneEveryMs,
        () => this.prune(),
        (error) => failures.failed(error),
      ),
    ];
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.dispatcher.stop();
    await Promise.all(this.stops.map((stop) => stop()));
  }

  private async turn(): Promise<void> {
    await this.unitOfWork.transaction((manager) => this.topics.adoptStops(manager));
    const until = Date.now() + turnMs;
    const repeat = async (work: () => Promise<boolean>) => {
      while (!this.stopped && Date.now() < until) if (!(await work())) await this.idle();
    };
    await Promise.all([repeat(() => this.planner.planDue()), repeat(() => this.dispatcher.sendDue())]);
    // The next turn begins at once; the pause between turns is for those who wait for the lock.
  }

  /** Short, and cut off at the end of the process. */
  private async idle(): Promise<void> {
    await sleep(idleMs);
  }

  private async prune(): Promise<void> {
    const before = new Date(Date.now() - keptDays * 86_400_000);
    let pruned = prunePage;
    while (pruned >= prunePage && !this.stopped)
      pruned = await this.unitOfWork.transaction((manager) => this.notices.prune(manager, before, prunePage));
  }
}
