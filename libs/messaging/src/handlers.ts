import { Ctx, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import type { z } from 'zod';
import type { Call, EventContract, EventEnvelope, RequestContract } from '#contracts';

type Marks<Handler> = <Method extends Handler>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/** Marks the method that answers a request. Its parameters and its answer must fit the contract. */
export function RequestHandler<Input extends z.ZodType, Output extends z.ZodType>(
  contract: RequestContract<Input, Output>,
): Marks<(input: z.output<Input>, call: CallContext) => Promise<z.output<Output>>> {
  return (target, key, descriptor) => {
    // Nest hands over the payload alone unless parameters are marked; every handler here gets its call as well.
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    MessagePattern(contract.subject)(target, key, descriptor as TypedPropertyDescriptor<unknown>);
  };
}

/**
 * Marks the method that applies an event. It commits before it returns; a second delivery must be harmless.
 * @param how `batched` where one transaction applies all events that arrive at once (`Inbox.batched`); `gatherMs` where
 * in a rush it is enough to apply them this often
 */
export function EventHandler<Data extends z.ZodType>(
  contract: EventContract<Data>,
  how: { batched?: boolean; gatherMs?: number } = {},
): Marks<(event: EventEnvelope<z.output<Data>>) => Promise<void>> {
  return EventPattern(contract.subject, { contract, ...how }) as never;
}

/**
 * The same for a method that applies many events of a contract at once, all or none: it gets those that came within
 * `gatherMs` in a rush, and one alone where few come. Where it fails, each event is tried by itself.
 */
export function EventBatchHandler<Data extends z.ZodType>(
  contract: EventContract<Data>,
  { gatherMs }: { gatherMs: number },
): Marks<(events: readonly EventEnvelope<z.output<Data>>[]) => Promise<void>> {
  return EventPattern(contract.subject, { contract, gatherMs, batched: true, takesMany: true }) as never;
}

/** The call as a handler gets it. */
export interface CallContext extends Call {
  /** Set by the handler's transaction when an idempotency record gave the answer. */
  replayed?: boolean;
}
