import { Inject, Injectable } from '@nestjs/common';
import { sessionsCatchUpOnStop, type UnscheduledSession } from '#contracts';
import { Rpc } from '#messaging';
import { LOGGER, type Logger } from '#service';

/** The answer waits this long at most; events bring sessions up to date anyway. */
const timeoutMs = 1_000;

/** Learns which sessions a change of several stops took their places. */
@Injectable()
export class UnscheduledSessions {
  constructor(
    private readonly rpc: Rpc,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @returns those of the stops at these versions, in the order of the stops; without those of a stop whose sessions can't be asked for */
  async by(
    stops: readonly { id: string; version: number }[],
    requestId: string,
  ): Promise<UnscheduledSession[]> {
    const found = await Promise.all(stops.map(({ id, version }) => this.byStop({ id, version }, requestId)));
    return found.flat();
  }

  private async byStop(
    stop: { id: string; version: number },
    requestId: string,
  ): Promise<UnscheduledSession[]> {
    try {
      const answer = await this.rpc.ask(sessionsCatchUpOnStop, stop, timeoutMs, requestId);
      return answer?.unscheduledSessions ?? [];
    } catch (error) {
      this.logger.warn({ err: error, stopId: stop.id, requestId }, 'projection sync failed');
      return [];
    }
  }
}
