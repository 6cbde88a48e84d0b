import { EventPattern, MessagePattern } from '@nestjs/microservices';
import type { z } from 'zod';
import type { Call, EventContract, EventEnvelope, RequestContract } from '#contracts';

type Method<Arguments extends unknown[], Result> = (
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<(...args: Arguments) => Result>,
) => void;

/** Marks the method that answers a request. Its parameters and its answer must fit the contract. */
export function Answers<Input extends z.ZodType, Output extends z.ZodType>(
  contract: RequestContract<Input, Output>,
): Method<[input: z.output<Input>, call: CallContext], Promise<z.output<Output>>> {
  return MessagePattern(contract.subject) as never;
}

/** Marks the method that applies an event. It commits before it returns; a second delivery must be harmless. */
export function Applies<Data extends z.ZodType>(
  contract: EventContract<Data>,
): Method<[event: EventEnvelope<z.output<Data>>], Promise<void>> {
  return EventPattern(contract.subject, { contract }) as never;
}

/** The call as a handler gets it. */
export interface CallContext extends Call {
  /** Set by the handler's transaction when an idempotency record gave the answer. */
  replayed?: boolean;
}
