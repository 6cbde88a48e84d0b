export interface OutsideTool {
  name: string;
  go?: string;
  program?: string;
  kubernetes?: string;
  files?: string;
  from?: string[];
  crds?: string;
  npm?: string;
  /** Where the program is in its package. */
  within?: string;
  pip?: string;
  apt?: string;
  /** Where a package of the system puts the program. */
  file?: string;
  version?: string;
}
export const outsideTools: readonly OutsideTool[];
