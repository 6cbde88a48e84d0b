/** What a camera, a USB scanner or somebody's fingers brought. */
export type ScanText =
  | { readonly kind: 'badge'; readonly badge: string }
  | { readonly kind: 'pass'; readonly token: string }
  | { readonly kind: 'other'; readonly text: string };

/** Badges are 32 characters of Crockford's base 32; one that was typed may be in lower case and have gaps. */
const badgePattern = /^[0-9A-HJKMNP-TV-Z]{26,64}$/;
const passPattern = /\/door\/join#([\w.~-]{16,200})$/;

/** Reads what was scanned or typed. Full-width characters come from input methods that a scanner typed into. */
export function readScan(text: string): ScanText {
  const plain = text.normalize('NFKC').trim();
  const [, token] = passPattern.exec(plain) ?? [];
  if (token !== undefined) return { kind: 'pass', token };
  const badge = plain.replace(/[\s-]/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  return badgePattern.test(badge) ? { kind: 'badge', badge } : { kind: 'other', text: plain };
}

/** What the list knows in place of a badge: base64url of its SHA-256. */
export async function badgeHash(badge: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(badge));
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}
