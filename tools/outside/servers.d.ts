export function chooseServers(env: Record<string, string | undefined>): void;
