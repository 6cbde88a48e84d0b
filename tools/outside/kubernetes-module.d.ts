export function kubernetesModule(goMod: string, version: string): string;
