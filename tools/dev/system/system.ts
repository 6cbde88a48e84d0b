import { setTimeout as sleep } from 'node:timers/promises';
import { hasDatabase, serviceNames, type ServiceName } from '#contracts';
import { claimDataDir } from './data-dir.js';
import { createRolesAndDatabases } from './database-roles.js';
import { maintenanceUrl, migrate } from './databases.js';
import { keptSecrets, type KeptSecrets } from './kept-secrets.js';
import { natsAnswers, planNats } from './nats.js';
import { watchNats } from './nats-watch.js';
import { freePort, portNear } from './ports.js';
import { FOREIGN_SERVER_WITHIN_MS, localDatabaseUrl, planPostgres, postgresAnswers } from './postgres.js';
import { migrationsOf, planService, type Replica, type ServiceSettings } from './services.js';
import type { MailCatcher } from '../mail-catcher/mail-catcher.js';
import type { MailEnvironment, Settings } from './settings.js';
import { StartFailure } from './start-failure.js';
import type { ProcessPlan } from './supervised-process.js';
import { Supervisor } from './supervisor.js';

/** Services get this long to finish what they are doing; then the servers get theirs: within 10 s all of it is over. */
const SERVICES_STOP_MS = 5_500;
const SERVERS_STOP_MS = 2_000;
const READY_WITHIN_MS = 120_000;
/** Behind the ports of the processes, which follow the API's. */
export const MAIL_PAGE_OFFSET = 25;

export interface SystemOptions extends Settings {
  readonly services?: readonly ServiceName[];
  /** How many processes of a service run; one where nothing is said. */
  readonly replicas?: Partial<Record<ServiceName, number>>;
  /** Added to the environment of every service. */
  readonly env?: Readonly<Record<string, string>>;
  readonly unbundled?: boolean;
  /** Where no SMTP server is given, mails are caught and shown on a page. */
  readonly mailCatcher?: boolean;
  /** False only for tests: PostgreSQL then does not wait for the disk. */
  readonly durable?: boolean;
  readonly notice?: (line: string) => void;
}

/** One running system: servers, services, and the order in which they come and go. */
export class System {
  private readonly abort = new AbortController();
  private readonly supervisor: Supervisor;
  private readonly notice: (line: string) => void;
  private release: () => void = () => undefined;
  private endWatch: () => void = () => undefined;
  private catcher: MailCatcher | null = null;
  private planned: { secrets: KeptSecrets; settings: ServiceSettings; replicas: Replica[] } | null = null;
  private stopping: Promise<void> | null = null;

  constructor(readonly options: SystemOptions) {
    this.notice = options.notice ?? (() => undefined);
    this.supervisor = new Supervisor(this.notice, (failure) => this.abort.abort(failure));
  }

  /** Resolves when the whole system answers as ready. When it can't be, nothing is left running. */
  async start(): Promise<void> {
    try {
      this.release = claimDataDir(this.options.dataDir);
      await this.startServers();
      await this.migrate();
      for (const replica of this.replicas) this.supervisor.run(planService(replica, this.settings));
      await this.answersAsReady();
      this.supervisor.started();
      this.watchNats();
    } catch (error) {
      await this.stop();
      // A process that kept dying is the reason, also where it showed first as something else.
      throw this.abort.signal.reason instanceof StartFailure ? this.abort.signal.reason : error;
    }
  }

  get settings(): ServiceSettings {
    return this.plan.settings;
  }

  get replicas(): readonly Replica[] {
    return this.plan.replicas;
  }

  /** Where caught mails are shown; null where none are caught. */
  get mailPageUrl(): string | null {
    return this.catcher?.pageUrl ?? null;
  }

  process(name: string): ReturnType<Supervisor['get']> {
    return this.supervisor.get(name);
  }

  /** Runs one more process beside the services, under the same supervisor. */
  run(plan: ProcessPlan): void {
    this.supervisor.run(plan);
  }

  /** Stops services first, then the servers. A second call while the first is at work waits for the same end. */
  stop(): Promise<void> {
    this.stopping ??= this.stopInOrder();
    return this.stopping;
  }

  /** Ends everything at once, whatever it is doing. */
  async stopHard(): Promise<void> {
    this.abort.abort();
    this.endWatch();
    await this.supervisor.stopHard();
    this.release();
  }

  private async stopInOrder(): Promise<void> {
    if (!this.abort.signal.aborted) this.abort.abort();
    this.endWatch();
    const services = this.supervisor.names().filter((name) => name !== 'nats' && name !== 'postgres');
    await this.supervisor.stop(services, SERVICES_STOP_MS);
    await this.catcher?.stop();
    await this.supervisor.stop(['nats', 'postgres'], SERVERS_STOP_MS);
    this.release();
  }

  private get plan(): NonNullable<System['planned']> {
    if (this.planned === null) throw new Error('The system has not been started.');
    return this.planned;
  }

  private async startServers(): Promise<void> {
    const secrets = keptSecrets(this.options.dataDir);
    const [databaseUrl, natsUrl] = await bothServers(this.startPostgres(secrets), this.startNats(secrets));
    const { port, rateLimitPerMinute, logLevel, dataDir, adminKey, organizerKey } = this.options;
    const settings: ServiceSettings = {
      port,
      webPort: (this.options.services ?? serviceNames).includes('web') ? await freePort() : null,
      rateLimitPerMinute,
      logLevel,
      dataDir,
      databaseUrl,
      natsUrl,
      natsSeeds: secrets.natsSeeds,
      rolesSecret: secrets.databasePassword,
      adminKey: adminKey ?? secrets.adminKey,
      organizerKey: organizerKey ?? secrets.organizerKey,
      keySecret: secrets.keySecret,
      unbundled: this.options.unbundled ?? false,
      mail: await this.mailEnvironment(),
      env: this.options.env ?? {},
    };
    this.planned = { secrets, settings, replicas: await this.planReplicas() };
  }

  /** The settings of mail, which lead to the mail catcher where no SMTP server is given. */
  private async mailEnvironment(): Promise<MailEnvironment> {
    const { mail = {}, mailCatcher = false, port } = this.options;
    if (mail.SMTP_URL !== undefined || mail.MAIL_MODE === 'off' || !mailCatcher) return withSender(mail);
    // Loaded where it is used: only developers' machines have it.
    const { MailCatcher } = await import('../mail-catcher/mail-catcher.js');
    this.catcher = await MailCatcher.start({
      smtpPort: await freePort(),
      httpPort: await portNear(port + MAIL_PAGE_OFFSET),
    });
    return withSender({ ...mail, SMTP_URL: this.catcher.smtpUrl });
  }

  private async startPostgres(secrets: KeptSecrets): Promise<string> {
    const { databaseUrl: given, dataDir, durable = true } = this.options;
    const { signal } = this.abort;
    if (given !== null) {
      await postgresAnswers(maintenanceUrl(given), signal, FOREIGN_SERVER_WITHIN_MS);
      return given;
    }
    const port = await freePort();
    const password = secrets.databasePassword;
    const plan = await planPostgres({ dataDir, port, password, durable, abort: signal });
    signal.throwIfAborted();
    this.supervisor.run(plan);
    const url = localDatabaseUrl(port, password);
    await postgresAnswers(url, signal);
    return url;
  }

  private async startNats(secrets: KeptSecrets): Promise<string> {
    const { natsUrl: given, dataDir } = this.options;
    const { signal } = this.abort;
    if (given !== null) {
      await natsAnswers(given, signal, FOREIGN_SERVER_WITHIN_MS);
      return given;
    }
    const port = await freePort();
    const seeds = secrets.natsSeeds;
    const plan = await planNats({ dataDir, port, seeds, notice: this.notice, abort: signal });
    signal.throwIfAborted();
    this.supervisor.run(plan);
    const url = `nats://127.0.0.1:${port}`;
    await natsAnswers(url, signal);
    return url;
  }

  /** A server that was given from outside has somebody else to look after it. */
  private watchNats(): void {
    if (this.options.natsUrl !== null) return;
    const { secrets, settings } = this.plan;
    const onHung = (): void => {
      this.notice('nats takes connections and answers nothing, as after a full disk; it is killed.');
      this.supervisor.get('nats').kill('SIGKILL');
    };
    this.endWatch = watchNats({ url: settings.natsUrl, seed: secrets.natsSeeds.operator, onHung });
  }

  private async planReplicas(): Promise<Replica[]> {
    const { services = serviceNames, replicas = {}, port } = this.options;
    const planned: Replica[] = [];
    for (const service of services) {
      const count = replicas[service] ?? 1;
      for (let number = 1; number <= count; number += 1) {
        const name = count === 1 ? service : `${service}-${number}`;
        planned.push({ service, name, healthPort: await portNear(port + 1 + planned.length) });
      }
    }
    return planned;
  }

  private async migrate(): Promise<void> {
    const { services = serviceNames } = this.options;
    const owners = services.filter(hasDatabase);
    await createRolesAndDatabases(this.settings.databaseUrl, owners, this.settings.rolesSecret);
    this.abort.signal.throwIfAborted();
    await migrate(migrationsOf(owners, this.settings), this.abort.signal);
    this.abort.signal.throwIfAborted();
  }

  /** The gateway speaks for the system; each process is asked too, so that every replica is there from the start. */
  private async answersAsReady(): Promise<void> {
    const hasGateway = this.replicas.some(({ service }) => service === 'gateway');
    const own = this.replicas.map(({ healthPort }) => healthPort);
    const ports = hasGateway ? [...own, this.options.port] : own;
    const deadline = Date.now() + READY_WITHIN_MS;
    const pending = new Set(ports);
    while (pending.size > 0) {
      for (const port of pending) if (await isReady(port)) pending.delete(port);
      this.abort.signal.throwIfAborted();
      if (Date.now() > deadline) throw this.notReady([...pending]);
      if (pending.size > 0) await sleep(50);
    }
  }

  private notReady(ports: number[]): StartFailure {
    return new StartFailure(
      `Not ready after ${READY_WITHIN_MS / 1_000} s: port ${ports.join(', ')} does not answer /health/ready with 200.`,
      `See the logs in ${this.options.dataDir}/logs.`,
    );
  }
}

/** Waits for both also when one fails, so that two wrong addresses are named together. */
async function bothServers(database: Promise<string>, broker: Promise<string>): Promise<[string, string]> {
  const [first, second] = await Promise.allSettled([database, broker]);
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value];
  const reasons: unknown[] = [first, second].flatMap((one) =>
    one.status === 'rejected' ? [one.reason] : [],
  );
  if (reasons.length === 2 && reasons.every((reason) => reason instanceof StartFailure)) {
    throw new StartFailure(reasons.map(({ message }) => message).join('\n'), 'Both have to be mended.');
  }
  throw reasons[0];
}

async function isReady(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health/ready`, {
      signal: AbortSignal.timeout(3_000),
    });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

/** Mails to this machine need no sender that anybody else believes. */
function withSender(mail: MailEnvironment): MailEnvironment {
  const host = mail.SMTP_URL === undefined ? '' : new URL(mail.SMTP_URL).hostname;
  const isHere = /^(?:localhost|127\..*|\[::1\])$/.test(host);
  return isHere && mail.MAIL_FROM === undefined
    ? { ...mail, MAIL_FROM: 'Waystop <waystop@waystop.test>' }
    : mail;
}
