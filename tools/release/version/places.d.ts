export interface VersionPlace {
  file: string;
  pattern: RegExp;
}
export const versionPlaces: VersionPlace[];
export function versionsIn(text: string, place: VersionPlace): string[];
export function withVersion(text: string, place: VersionPlace, version: string): string;
