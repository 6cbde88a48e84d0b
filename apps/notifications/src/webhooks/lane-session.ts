import type { KeyObject } from 'node:crypto';
import type { Outcome } from '#deliveries';
import { failureReason } from '../egress/failure-reason.js';
import type { ReceiverConnection } from '../egress/receiver.connection.js';
import { signedHeaders } from './signature.js';

export interface SendReport {
  /** Of the receiver's answer; null where there was none. */
  readonly status: number | null;
  /** What went wrong without an answer, in words for the owner. */
  readonly error: string | null;
}

/** An event in the bytes that are signed and sent. */
export interface EncodedEvent {
  readonly id: string;
  readonly body: string;
}

export interface Sent {
  readonly outcome: Outcome;
  readonly report: SendReport;
}

/** A way to one receiver for as long as a lane is leased: its address is checked once, and its connections are kept. */
export class LaneSession {
  /**
   * @param connect checks the address; what it rejects with becomes of every attempt
   * @param keysAt the keys that sign at an instant
   */
  constructor(
    private readonly connect: () => Promise<ReceiverConnection>,
    private readonly keysAt: (now: Date) => readonly KeyObject[],
  ) {}

  private connection: Promise<ReceiverConnection> | undefined;

  /** Posts an event; never rejects for what the receiver does. */
  async send({ id, body }: EncodedEvent): Promise<Sent> {
    try {
      const connection = await (this.connection ??= this.connect());
      const at = new Date();
      const headers = signedHeaders(this.keysAt(at), { id, at, body });
      const { status, retryAfterMs } = await connection.post(headers, body);
      const taken = status >= 200 && status < 300;
      return {
        outcome: taken ? { kind: 'delivered' } : { kind: 'answered', status, retryAfterMs },
        report: { status, error: null },
      };
    } catch (error) {
      return unreachable(failureReason(error));
    }
  }

  close(): void {
    void this.connection?.then(
      (connection) => connection.close(),
      () => undefined,
    );
  }
}

export function unreachable(error: string): Sent {
  return { outcome: { kind: 'unreachable' }, report: { status: null, error } };
}
