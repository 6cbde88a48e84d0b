import type { NewCookie } from '#contracts';

/** A token as accounts makes it: what has another form is nobody's. */
const token = /^[\w-]{43}$/;
/** RFC 6265bis 4.1.3.2: a browser takes a cookie of this prefix from this host alone, over TLS, for all paths. */
const hostPrefix = '__Host-';
const loopback = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/;

/** The cookies of people who sign in: of the sign-in itself, and of the browser that asked for a code. */
export class SignInCookies {
  private readonly signInName: string;
  private readonly askingName: string;
  private readonly attributes: string;

  /** @param publicUrl only without TLS on a loopback address may browsers send them unencrypted */
  constructor(publicUrl: string) {
    const { protocol, hostname } = new URL(publicUrl);
    const isLocal = protocol === 'http:' && loopback.test(hostname);
    const prefix = isLocal ? '' : hostPrefix;
    this.signInName = `${prefix}waystop`;
    this.askingName = `${prefix}waystop-asking`;
    this.attributes = `Path=/; HttpOnly; SameSite=Lax${isLocal ? '' : '; Secure'}`;
  }

  /** The token of a sign-in in a `Cookie` header. */
  signInIn(header: string | undefined): string | undefined {
    return valueIn(header, this.signInName);
  }

  /** Identifies the browser that asked for a code. */
  askingIn(header: string | undefined): string | undefined {
    return valueIn(header, this.askingName);
  }

  setSignIn(cookie: NewCookie): string {
    return this.set(this.signInName, cookie);
  }

  setAsking(cookie: NewCookie): string {
    return this.set(this.askingName, cookie);
  }

  clearSignIn(): string {
    return this.set(this.signInName, { value: '', maxAgeSeconds: 0 });
  }

  private set(name: string, { value, maxAgeSeconds }: NewCookie): string {
    return `${name}=${value}; ${this.attributes}; Max-Age=${maxAgeSeconds}`;
  }
}

/**
 * The one well-formed value of a cookie. Where several are sent under one name, somebody else may have set one of them
 * (another port or a neighbour domain), so none counts.
 */
function valueIn(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  const values = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [value] = values;
  return values.length === 1 && value !== undefined && token.test(value) ? value : undefined;
}
