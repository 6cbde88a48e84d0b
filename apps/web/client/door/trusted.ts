/** Chromium's Trusted Types; Safari and Firefox take the address as it is. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): unknown };
}

const own = /^\/(assets\/[\w.-]+\.js|door-worker\.js)$/;

function checked(url: string): string {
  if (!own.test(url)) throw new TypeError(`Not a script of the door: ${url}`);
  return url;
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
const policy = trustedTypes?.createPolicy('door', { createScriptURL: checked });

/** The address of a worker, for the policy that lets no other script run. */
export function trustedScript(url: string): string {
  return policy === undefined ? checked(url) : (policy.createScriptURL(url) as string);
}
