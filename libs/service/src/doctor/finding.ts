/** One thing that was looked at: how it is, and what to do where it is wrong. */
export interface Finding {
  readonly what: string;
  readonly found: string;
  /** Left out where all is well. */
  readonly whatToDo?: string;
}

export function passed(what: string, found: string): Finding {
  return { what, found };
}

export function failed(what: string, found: string, whatToDo: string): Finding {
  return { what, found, whatToDo };
}

/** The findings as lines for a terminal. */
export function formatFindings(findings: readonly Finding[]): string {
  return findings
    .map(({ what, found, whatToDo }) => {
      const line = `  ${whatToDo === undefined ? 'ok   ' : 'wrong'}  ${what.padEnd(16)} ${found}\n`;
      return whatToDo === undefined ? line : `${line}         → ${whatToDo}\n`;
    })
    .join('');
}

/** 1 where anything is wrong. */
export function exitCodeOf(findings: readonly Finding[]): number {
  return findings.some(({ whatToDo }) => whatToDo !== undefined) ? 1 : 0;
}
