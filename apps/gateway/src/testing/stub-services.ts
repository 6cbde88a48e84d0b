import { createHash } from 'node:crypto';
import {
  authenticateKeys,
  type EventContract,
  type Principal,
  type RequestContract,
  type SignInPrincipal,
} from '#contracts';
import { Broker, NatsStrategy, type CallContext } from '#messaging';

type StubHandler = (input: never, call: CallContext) => unknown;

/** Services played by the test, on a real broker: each contract answers what the test says. */
export class StubServices {
  readonly keys = new Map<string, Principal>();
  readonly signIns = new Map<string, SignInPrincipal>();
  /** Calls that arrived, by subject. */
  readonly calls: { subject: string; input: unknown; call: CallContext }[] = [];
  private readonly handlers = new Map<string, StubHandler>();
  private readonly strategy: NatsStrategy;

  constructor(private readonly broker: Broker) {
    this.strategy = new NatsStrategy(broker, {
      service: 'fake',
      maxInFlight: 1_000,
      onAnswered: () => undefined,
      translate: (error) => error,
      events: {
        deadLetter: () => Promise.resolve(),
        isOutage: () => false,
        onApplied: () => undefined,
        onFailed: () => undefined,
      },
    });
  }

  async start(contracts: readonly RequestContract[]): Promise<void> {
    for (const { subject } of contracts) this.strategy.addHandler(subject, this.handlerOf(subject));
    this.handle(authenticateKeys, ({ keyHashes }: { keyHashes: string[] }) => ({
      principals: keyHashes.flatMap((hash) => this.keys.get(hash) ?? []),
      signIns: keyHashes.flatMap((hash) => this.signIns.get(hash) ?? []),
    }));
    await new Promise<void>((resolve, reject) => {
      this.strategy.listen((error) => (error === undefined ? resolve() : reject(error as Error)));
    });
    await this.broker.connection.flush();
  }

  handle(contract: RequestContract, answer: StubHandler): void {
    this.handlers.set(contract.subject, answer);
  }

  callsOf(contract: RequestContract): { input: unknown; call: CallContext }[] {
    return this.calls.filter(({ subject }) => subject === contract.subject);
  }

  addKey(apiKey: string, principal: Omit<Principal, 'keyHash'>): Principal {
    const known = { ...principal, keyHash: createHash('sha256').update(apiKey).digest('base64url') };
    this.keys.set(known.keyHash, known);
    return known;
  }

  /** A browser that is signed in; its token is the cookie's value. */
  addSignIn(token: string, principal: Omit<SignInPrincipal, 'keyHash'>): SignInPrincipal {
    const keyHash = createHash('sha256').update(`sign-in\n${token}`).digest('base64url');
    const known = { ...principal, keyHash };
    this.signIns.set(keyHash, known);
    return known;
  }

  async publish(contract: EventContract, data: object): Promise<void> {
    this.broker.connection.publish(contract.subject, JSON.stringify({ type: contract.subject, data }));
    await this.broker.connection.flush();
  }

  async stop(): Promise<void> {
    await this.strategy.stopReceiving();
    await this.broker.drain();
  }

  private handlerOf(subject: string): (input: never, call: CallContext) => Promise<unknown> {
    return (input, call) => {
      this.calls.push({ subject, input, call });
      const answer = this.handlers.get(subject);
      if (answer === undefined) return Promise.reject(new Error(`The test gives no answer to ${subject}.`));
      return Promise.resolve().then(() => answer(input, call));
    };
  }
}
