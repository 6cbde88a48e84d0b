import type { Localized } from '#contracts';
import type { Refused } from './public-api.js';

/** One refusal that was provoked: who tried what, and what the API said. */
export interface Refusal {
  readonly who: string;
  readonly tried: string;
  readonly refused: Refused;
}

/** What the demo prints, and the refusals that it gathers for the table at the end. */
export class ConsoleReport {
  readonly refusals: Refusal[] = [];
  private headings = 0;

  constructor(private readonly print: (line: string) => void) {}

  heading(en: string, zh: string): void {
    this.headings += 1;
    this.print(`\n${this.headings}. ${en} / ${zh}`);
  }

  line(text = ''): void {
    this.print(text === '' ? '' : `   ${text}`);
  }

  refused(refusal: Refusal): void {
    this.refusals.push(refusal);
    const { status, code } = refusal.refused;
    this.line(`✗ ${refusal.who}: ${refusal.tried} → ${status} ${code}`);
  }

  table(head: readonly string[], rows: readonly (readonly string[])[]): void {
    const widths = head.map((_, column) =>
      Math.max(...[head, ...rows].map((row) => widthOf(row[column] ?? ''))),
    );
    // The last column may be long: a rule as wide as its longest cell would wrap.
    const rule = widths.map((width, column) =>
      '─'.repeat(column === head.length - 1 ? widthOf(head[column] ?? '') : width),
    );
    const drawn = (row: readonly string[]) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd();
    for (const row of [head, rule, ...rows]) this.line(drawn(row));
  }
}

/** A name as both languages show it. */
export function both({ zh, en }: Localized): string {
  return [zh, en].filter((text) => text !== undefined).join(' / ');
}

/** Columns on a terminal: East Asian wide and full-width characters take two. */
export function widthOf(text: string): number {
  const wide = text.match(
    /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g,
  );
  return [...text].length + (wide?.length ?? 0);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
