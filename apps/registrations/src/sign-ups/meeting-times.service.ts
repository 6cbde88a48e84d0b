import { Inject, Injectable } from '@nestjs/common';
import { getMeetingTimes } from '#contracts';
import { Rpc } from '#messaging';
import { FailureLog, LOGGER, type Logger } from '#service';
import type { BusyTime } from './session-seats.js';

/** Sign-ups do not wait longer for what only keeps meetings from giving way. */
const deadlineMs = 500;
/** After a failure nobody is asked for so long, so that a service that hangs costs one wait and not many. */
const pauseMs = 5_000;

/**
 * Knows when people are in meetings, as matching says at this moment. While it does not answer, nobody is: the sign-up
 * goes through, and the meeting is unscheduled once matching applies the event.
 */
@Injectable()
export class MeetingTimesService {
  private pausedUntilMs = 0;
  private readonly failures: FailureLog;

  constructor(
    private readonly rpc: Rpc,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.failures = new FailureLog(logger, 'asking for the times of meetings');
  }

  /** By the delegate's id. */
  async find(delegateIds: readonly string[]): Promise<ReadonlyMap<string, readonly BusyTime[]>> {
    if (delegateIds.length === 0 || Date.now() < this.pausedUntilMs) return new Map();
    try {
      const asked = [...new Set(delegateIds)];
      const { times } = await this.rpc.ask(getMeetingTimes, { delegateIds: asked }, deadlineMs);
      this.failures.recovered();
      return Map.groupBy(times.map(busyTime), ({ delegateId }) => delegateId);
    } catch (error) {
      this.failures.failed(error);
      this.pausedUntilMs = Date.now() + pauseMs;
      return new Map();
    }
  }
}

function busyTime({ delegateId, from, to }: { delegateId: string; from: string; to: string }) {
  return { delegateId, title: null, isMeeting: true, startsAt: new Date(from), endsAt: new Date(to) };
}
