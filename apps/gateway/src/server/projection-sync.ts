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

  /** @returns what other services did because of the change, as members of the answer; most often none */
  async catchUp(
    contracts: readonly RequestContract[],
    changed: { id: string; version: number },
    call: Call,
  ): Promise<object> {
    const { idempotency: _idempotency, ifMatch: _ifMatch, ...rest } = call;
    const own = { ...rest, deadlineMs: Date.now() + catchUpTimeoutMs };
    const members = await Promise.all(
      contracts.map((contract) =>
        this.rpc
          .call(contract, { id: changed.id, version: changed.version }, own)
          .then(consequencesOf)
          .catch((error: unknown) => {
            this.logger.warn(
              { err: error, subject: contract.subject, requestId: call.requestId },
              'projection sync failed',
            );
            return {};
          }),
      ),
    );
    return Object.assign({}, ...members) as object;
  }
}

/** The lists of an answer in which there is something. */
function consequencesOf(answer: unknown): object {
  const isWorthTelling = ([, value]: [string, unknown]): boolean => Array.isArray(value) && value.length > 0;
  return Object.fromEntries(Object.entries(answer ?? {}).filter(isWorthTelling));
}
