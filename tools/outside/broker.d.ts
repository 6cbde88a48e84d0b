export function chooseBroker(env: Record<string, string | undefined>): void;
