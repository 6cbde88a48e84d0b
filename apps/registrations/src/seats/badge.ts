/** Crockford's base 32: no I, L, O, U; capitals and digits only, so a QR code can use its denser alphanumeric mode. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The least that makes a badge unguessable: 128 bit. */
export const badgeBytesMin = 16;

/** A badge of 20 random bytes has 32 characters. Throws on fewer than 16 bytes; the caller brings the randomness. */
export function badgeFrom(bytes: Uint8Array): string {
  if (bytes.length < badgeBytesMin) throw new Error(`A badge needs at least ${badgeBytesMin} random bytes.`);
  let badge = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) badge += alphabet.charAt((held >> (bits - 5)) & 31);
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? badge : badge + alphabet.charAt((held << (5 - bits)) & 31);
}
