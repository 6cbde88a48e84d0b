import type { BenchCompany } from '../companies.js';
import type { BenchOptions, Part } from '../options.js';
import { against, perSecond, times, type Line, type Report } from '../report.js';
import type { RegistrationRound } from './registration-round.js';

export const connections = 64;

/** What the parts of one run share: what is wanted, who registers, and what S was. */
export class Run {
  companies: readonly BenchCompany[] = [];
  /** The rate of S, once it was measured. */
  wholePath: number | null = null;
  /** CPU time of the gateway a registration in S, in microseconds. */
  gatewayUs: number | null = null;
  /** S with 99 of 100 answers within this, in milliseconds. */
  wholePathP99Ms: number | null = null;
  /** The rate of B, once it was measured. */
  ceiling: number | null = null;
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

  /** A rate against S, where S was measured. @param least what of S it must reach */
  againstWhole(rate: number, least?: number): Pick<Line, 'ratio' | 'must'> {
    if (this.wholePath === null) return {};
    if (least !== undefined) return against(rate, this.wholePath, 'S', least);
    return { ratio: `${times(rate, this.wholePath)} S` };
  }

  /** Tells a result as soon as it is there. */
  async tell<T extends { perSecond: number }>(what: string, work: Promise<T>): Promise<T> {
    const result = await work;
    this.report.progress(`${what}: ${perSecond(result.perSecond)}`);
    return result;
  }
}
