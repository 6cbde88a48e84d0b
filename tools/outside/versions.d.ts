export interface OutsideTool {
  name: string;
  go?: string;
  program?: string;
  kubernetes?: string;
  pip?: string;
  apt?: string;
  /** Where a package of the system puts the program. */
  file?: string;
  version?: string;
}
export const outsideTools: readonly OutsideTool[];
