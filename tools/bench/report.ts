/** A bound that a figure must keep. */
export interface Must {
  readonly text: string;
  readonly met: boolean;
}

export interface Line {
  readonly what: string;
  readonly figure: string;
  /** The figure against another one of the same run. */
  readonly ratio?: string;
  readonly must?: Must;
}

/** Collects what was measured, prints each line when it is known and all of them at the end. */
export class Report {
  private readonly lines: Line[] = [];

  constructor(private readonly say: (line: string) => void) {}

  add(line: Line): void {
    this.lines.push(line);
  }

  progress(text: string): void {
    this.say(text);
  }

  get missed(): number {
    return this.lines.filter(({ must }) => must?.met === false).length;
  }

  /** One table, as Markdown, so that it can be put into docs/performance.md as it is. */
  table(): string {
    const rows = this.lines.map(({ what, figure, ratio = '', must }) => [
      what,
      figure,
      ratio,
      must?.text ?? '',
      must === undefined ? '' : must.met ? 'pass' : '**miss**',
    ]);
    const head = ['what', 'measured', 'ratio', 'must', ''];
    const widths = head.map((title, column) =>
      Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
    );
    const print = (cells: readonly string[]): string =>
      `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
    return [print(head), print(widths.map((width) => '-'.repeat(width))), ...rows.map(print)].join('\n');
  }
}

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** A rate against another one, and whether it reaches what it must. */
export function against(rate: number, of: number, name: string, least: number): Pick<Line, 'ratio' | 'must'> {
  return {
    ratio: `${times(rate, of)} ${name}`,
    must: { text: `≥ ${least} × ${name}`, met: rate >= least * of },
  };
}

export function perSecond(rate: number): string {
  return `${Math.round(rate).toLocaleString('en')}/s`;
}

export function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

export function times(rate: number, of: number): string {
  return `${(rate / of).toFixed(2)} ×`;
}
