import type { Cell } from './cell.js';

/** Writes a file piece by piece, so that a large one never holds up the process for long. */
export interface ExportWriter {
  write(rows: readonly (readonly Cell[])[]): Promise<void>;
  end(): Promise<Buffer>;
}
