import { NatsStrategy, type Broker, type CallContext } from '../../libs/messaging/src/index.js';
import type { RequestContract } from '../../libs/contracts/src/index.js';

/** The answer of a stub service to a request. */
export type StubAnswer = (input: never, call: CallContext) => unknown;

/**
 * Answers requests as services do.
 * @param maxInFlight requests under way at most
 * @returns ends it
 */
export async function answerAsServices(
  broker: Broker,
  stubs: readonly [RequestContract, StubAnswer][],
  maxInFlight = 1_000,
): Promise<() => Promise<void>> {
  const strategy = new NatsStrategy(broker, {
    service: 'played',
    maxInFlight,
    onAnswered: () => undefined,
    translate: (error) => error,
    events: {
      deadLetter: () => Promise.resolve(),
      isOutage: () => false,
      onApplied: () => undefined,
      onFailed: () => undefined,
    },
  });
  for (const [contract, answer] of stubs)
    strategy.addHandler(contract.subject, (async (input: never, call: CallContext) =>
      answer(input, call)) as never);
  await new Promise<void>((resolve, reject) => {
    strategy.listen((error) => (error === undefined ? resolve() : reject(error as Error)));
  });
  await broker.connection.flush();
  return () => strategy.stopReceiving();
}
