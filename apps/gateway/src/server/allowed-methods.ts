/** What a path has. */
interface KnownPath {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
  isPublicRead: boolean;
}

/** Which methods each path has: asked only for requests that no route took, so it need not be quick. */
export class AllowedMethods {
  private readonly paths = new Map<string, KnownPath>();

  add(method: string, path: string, isPublicRead = false): void {
    const known = this.paths.get(path) ?? {
      pattern: patternOf(path),
      methods: new Set(['OPTIONS']),
      isPublicRead: false,
    };
    known.methods.add(method);
    if (method === 'GET') known.methods.add('HEAD');
    known.isPublicRead ||= isPublicRead;
    this.paths.set(path, known);
  }

  /** @returns the value of `Allow`, and whether `GET` is a public read; `undefined` for a path that does not exist */
  find(path: string): { allowed: string; isPublicRead: boolean } | undefined {
    const found = [...this.paths.values()].filter(({ pattern }) => pattern.test(path));
    if (found.length === 0) return undefined;
    const allowed = [...new Set(found.flatMap(({ methods }) => [...methods]))].sort().join(', ');
    return { allowed, isPublicRead: found.some((one) => one.isPublicRead) };
  }
}

function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\{\w+\}/g, '[^/]+')}/?$`);
}
