/** Which methods a path knows: asked only for requests that no route took, so it need not be quick. */
export class AllowedMethods {
  private readonly paths = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  add(method: string, path: string): void {
    const known = this.paths.get(path) ?? { pattern: patternOf(path), methods: new Set(['OPTIONS']) };
    known.methods.add(method);
    if (method === 'GET') known.methods.add('HEAD');
    this.paths.set(path, known);
  }

  /** @returns the value of `Allow`; `undefined` for a path that does not exist */
  allowed(path: string): string | undefined {
    const found = [...this.paths.values()].filter(({ pattern }) => pattern.test(path));
    if (found.length === 0) return undefined;
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort().join(', ');
  }
}

function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\{\w+\}/g, '[^/]+')}$`);
}
