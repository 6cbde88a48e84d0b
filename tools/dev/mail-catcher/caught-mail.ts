import type { ParsedMail } from 'mailparser';

/** A mail as it arrived, and as mail programs read it. */
export interface CaughtMail {
  readonly id: string;
  /** From the envelope. */
  readonly to: readonly string[];
  readonly source: Buffer;
  readonly parsed: ParsedMail;
  readonly caughtAt: Date;
}
