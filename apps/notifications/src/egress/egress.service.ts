import { lookup } from 'node:dns/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '#service';
import type { NotificationsConfig } from '../config.js';
import type { ReceiverConnection } from './receiver.connection.js';
import { RefusedUrl, checkReceiverUrl, type CheckedReceiver } from './receiver-url.js';
import { egressRefused } from './egress.metrics.js';

/** The way to the outside: where a URL leads is checked before anything is sent there. */
@Injectable()
export class EgressService {
  constructor(@Inject(CONFIG) private readonly config: NotificationsConfig) {}

  /** @throws RefusedUrl, with words for the owner */
  async check(url: string): Promise<CheckedReceiver> {
    try {
      return await checkReceiverUrl(url, this.config.EGRESS_ALLOW, async (host) =>
        (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address),
      );
    } catch (error) {
      if (error instanceof RefusedUrl) egressRefused.inc({ reason: error.reason });
      throw error;
    }
  }

  /** A connection of one's own to a receiver that was checked, to be closed after use. */
  async connect(receiver: CheckedReceiver): Promise<ReceiverConnection> {
    // Loaded with the first message: its HTTP client is the largest library of this service.
    const { ReceiverConnection: Connection } = await import('./receiver.connection.js');
    return new Connection(receiver);
  }
}
