export function sourcesStamp(root: string): string;
export function staleOutputs(root: string): string[];
