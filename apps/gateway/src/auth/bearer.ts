import { Problem } from '#contracts';

/** RFC 6750: the scheme in any case, one or more spaces, then a key or a token of visible ASCII. */
const bearer = /^bearer +([\x21-\x7e]{1,8192}) *$/i;

/** Reads the key of an `Authorization` header. @throws Problem `auth.required` for any other scheme or form */
export function readApiKey(header: string): string {
  const key = bearer.exec(header)?.[1];
  if (key === undefined) throw authRequired('The Authorization header must read "Bearer <API key>".');
  return key;
}

export function authRequired(detail: string): Problem {
  return new Problem('auth.required', detail);
}
