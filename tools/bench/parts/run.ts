import type { BenchCompany } from '../companies.js';
import type { BenchOptions, Part } from '../options.js';
import { perSecond, type Report } from '../report.js';
import type { RegistrationRound } from './registration-round.js';

export const connections = 64;

/** What the parts of one run share: what is wanted, who registers, and what S was. */
export class Run {
  companies: readonly BenchCompany[] = [];
  /** The rate of S, once it was measured. */
  wholePath: number | null = null;
  /** One client alone with batching, once it was measured. */
  lone: RegistrationRound | null = null;

  constructor(
    readonly options: BenchOptions,
    readonly report: Report,
  ) {}

  wants(...parts: Part[]): boolean {
    return parts.some((part) => this.options.parts.has(part));
  }

  /** Measures where one of the parts is wanted. A part that breaks is reported as missed, and the others go on. */
  async measure(parts: readonly Part[], work: () => Promise<void>): Promise<void> {
    if (!this.wants(...parts)) return;
    try {
      await work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.report.progress(`${parts.join(', ')} broke: ${reason}`);
      const must = { text: 'no refusal', met: false };
      this.report.add({ what: parts.join(', '), figure: reason.split(/[\r\n]/)[0] ?? '', must });
    }
  }

  /** Tells a result as soon as it is there. */
  async tell<T extends { perSecond: number }>(what: string, work: Promise<T>): Promise<T> {
    const result = await work;
    this.report.progress(`${what}: ${perSecond(result.perSecond)}`);
    return result;
  }
}
