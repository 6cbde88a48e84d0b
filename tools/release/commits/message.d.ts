export const TYPES: string[];
export const MAX_SUBJECT_CHARACTERS: number;
export function faultsOf(message: string): string[];
