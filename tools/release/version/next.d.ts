export function nextVersion(current: string, wanted: string | undefined): string;
