import { Inject, Injectable } from '@nestjs/common';
import type { Call, RequestContract } from '#contracts';
import { Rpc } from '#messaging';
import { LOGGER, type Logger } from '#service';

/** A response waits this long at most for projections; events bring them up to date anyway. */
const catchUpTimeoutMs = 1_000;

/** Brings other services' projections up to date between a change and its response, so that its reader finds them so. */
@Injectable()
export class ProjectionSync {
  constructor(
    private readonly rpc: Rpc,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async catchUp(
    contracts: readonly RequestContract[],
    changed: { id: string; version: number },
    call: Call,
  ): Promise<void> {
    const { idempotency: _idempotency, ifMatch: _ifMatch, ...rest } = call;
    const own = { ...rest, deadlineMs: Date.now() + catchUpTimeoutMs };
    await Promise.all(
      contracts.map((contract) =>
        this.rpc
          .callRaw(contract, { id: changed.id, version: changed.version }, own)
          .catch((error: unknown) => {
            this.logger.warn(
              { err: error, subject: contract.subject, requestId: call.requestId },
              'projection sync failed',
            );
          }),
      ),
    );
  }
}
