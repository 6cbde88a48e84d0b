import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSystem, type RunningSystem } from './start-system.js';

/** What a test file needs to know of the shared system, as JSON. */
export interface SharedSystemFacts {
  readonly url: string;
  readonly adminKey: string;
  /** The organizer's key that the system was started with. */
  readonly environmentKey: string;
  /** The accounts service's database, as the server's owner. */
  readonly accountsUrl: string;
  /** Where the system's mails are shown; `/mails.json` lists them. */
  readonly mailPageUrl: string;
}

/**
 * One system for all test files that only talk to its API. To start one takes longer than most of them run, so it is
 * started when the first of them asks for it, and it ends after the last.
 */
export class SharedSystem {
  private starting: Promise<RunningSystem> | undefined;
  private readonly server: Server;

  constructor() {
    this.server = createServer((_request, response) => void this.answer(response));
  }

  /** @returns the URL at which test files ask for it */
  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    const system = await this.starting?.catch(() => undefined);
    await system?.stop();
  }

  private async answer(response: ServerResponse): Promise<void> {
    try {
      this.starting ??= startSystem({
        replicas: { registrations: 2 },
        mailCatcher: true,
        // Receivers of the tests' webhooks are on this machine, and tests say which network they ask from.
        env: { EGRESS_ALLOW: '127.0.0.0/8', BOT_HOSTS: '127.0.0.1', TRUSTED_PROXIES: '127.0.0.1' },
      });
      const system = await this.starting;
      const facts: SharedSystemFacts = {
        url: system.url,
        adminKey: system.adminKey,
        environmentKey: system.organizerKey,
        accountsUrl: system.databaseUrl('accounts'),
        mailPageUrl: system.mailPageUrl ?? '',
      };
      response.end(JSON.stringify(facts));
    } catch (error) {
      response.statusCode = 500;
      response.end(error instanceof Error ? error.message : String(error));
    }
  }
}
