export interface LockEntry {
  version?: string;
  integrity?: string;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  dev?: boolean;
  optional?: boolean;
  optionalDependencies?: Record<string, string>;
}
export type LockedPackages = Record<string, LockEntry>;
export function isInstalled(root: string): boolean;
export function isLinked(root: string): boolean;
export function agree(wanted: LockedPackages, installed: LockedPackages): boolean;
export function missingOptionals(packages: LockedPackages): LockedPackages;
