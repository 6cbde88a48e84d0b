import type { z } from 'zod';
import { Broker, Rpc } from '../../libs/messaging/src/index.js';
import {
  createLogger,
  startService,
  type Logger,
  type RunningService,
} from '../../libs/service/src/index.js';
import type { ServiceDefinition } from '../../libs/service/src/definition.js';
import {
  parseOrRefuse,
  Problem,
  type Call,
  type Caller,
  type RequestContract,
} from '../../libs/contracts/src/index.js';
import { ownDatabase, ownNats } from './own-servers.js';
import { answerAsServices, type StubAnswer } from './stub-services.js';

/** How often a request is repeated that waited too long for a connection to the database. */
const maxRepeats = 5;

const isDatabaseBusy = (error: unknown) =>
  error instanceof Problem &&
  error.code === 'service.unavailable' &&
  error.detail.startsWith('The database does not answer');

/** Requests of one gateway that are made at once travel together to one replica; those of several race. */
const gatewaysCount = 64;

/** One service in this process, on a database and a broker of its own; the test answers for the other services. */
export class TestedService {
  readonly services: RunningService[] = [];
  private readonly closing: (() => Promise<unknown>)[] = [];
  private readonly gateways: Rpc[];
  private asked = 0;

  private constructor(
    readonly databaseUrl: string,
    readonly natsUrl: string,
    readonly broker: Broker,
    private readonly definition: ServiceDefinition,
    private readonly settings: Readonly<Record<string, unknown>>,
    private readonly logger: Logger,
  ) {
    this.gateways = Array.from({ length: gatewaysCount }, () => new Rpc(broker));
  }

  /**
   * @param stubs the answers of other services, by contract
   * @param settings of the service itself, as its schema gives them out
   * @param logger without it only errors are shown
   */
  static async start(
    definition: ServiceDefinition,
    stubs: readonly [RequestContract, StubAnswer][],
    settings: Readonly<Record<string, unknown>> = {},
    logger: Logger = createLogger('test', 'error'),
  ): Promise<TestedService> {
    const database = await ownDatabase(`test_${definition.name}`);
    const nats = await ownNats();
    const source = definition.database.dataSource({
      url: database.url,
      name: 'migrate',
      poolSize: 2,
      maintenance: true,
    });
    await source.initialize();
    await source.runMigrations({ transaction: 'each' });
    await source.destroy();
    const broker = await Broker.connect({ url: nats.url, name: 'test' });
    const tested = new TestedService(database.url, nats.url, broker, definition, settings, logger);
    tested.closing.push(() => broker.drain(), nats.stop, database.drop);
    await tested.play(stubs);
    await tested.startReplica();
    return tested;
  }

  /** One more process's worth of the service: pools and subscriptions of its own. */
  async startReplica(): Promise<RunningService> {
    const config = {
      DATABASE_URL: this.databaseUrl,
      DATABASE_POOL_SIZE: 10,
      NATS_URL: this.natsUrl,
      HEALTH_PORT: 1,
      HEALTH_HOST: '127.0.0.1',
      LOG_LEVEL: 'error' as const,
      ...this.settings,
    };
    const service = await startService(this.definition, config, this.logger);
    // Requests come over other connections: the server has to know of the subscriptions first.
    await service.broker.connection.flush();
    this.services.push(service);
    return service;
  }

  /**
   * Asks as the gateway does: the input is read by the contract's schema first. On a busy machine a connection to the
   * database can be longer in coming than the service waits for it; then nothing was done, and it is asked again.
   */
  async ask<Input extends z.ZodType, Output extends z.ZodType>(
    contract: RequestContract<Input, Output>,
    input: z.input<Input>,
    caller: Caller,
    more: Partial<Call> = {},
  ): Promise<z.output<Output>> {
    for (let count = 0; ; count += 1) {
      try {
        return await this.askOnce(contract, input, caller, more);
      } catch (error) {
        if (count >= maxRepeats || !isDatabaseBusy(error)) throw error;
      }
    }
  }

  /** The same for tests of the waiting itself: a database that does not answer is the answer. */
  askOnce<Input extends z.ZodType, Output extends z.ZodType>(
    contract: RequestContract<Input, Output>,
    input: z.input<Input>,
    caller: Caller,
    more: Partial<Call> = {},
  ): Promise<z.output<Output>> {
    const call = { caller, requestId: 'test', deadlineMs: Date.now() + 30_000, ...more };
    return this.nextGateway().call(contract, parseOrRefuse(contract.input, input, []), call);
  }

  /** Asks for what is to be refused. */
  async refusal<C extends RequestContract>(
    contract: C,
    input: z.input<C['input']>,
    caller: Caller,
    more: Partial<Call> = {},
  ): Promise<Problem> {
    try {
      const answer: unknown = await this.ask<C['input'], C['output']>(
        contract as RequestContract<C['input'], C['output']>,
        input,
        caller,
        more,
      );
      throw new Error(`This was to be refused: ${JSON.stringify(answer)}`);
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
  }

  get rows(): RunningService['dataSource'] {
    const [first] = this.services;
    if (first === undefined) throw new Error('The service is not running.');
    return first.dataSource;
  }

  async stop(): Promise<void> {
    for (const service of this.services) await service.stop();
    for (const close of this.closing) await close();
  }

  private nextGateway(): Rpc {
    this.asked += 1;
    const gateway = this.gateways[this.asked % gatewaysCount];
    if (gateway === undefined) throw new Error('There is no gateway.');
    return gateway;
  }

  private async play(stubs: readonly [RequestContract, StubAnswer][]): Promise<void> {
    this.closing.push(await answerAsServices(this.broker, stubs));
  }
}
