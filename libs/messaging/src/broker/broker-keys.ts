import { nkeys } from '@nats-io/transport-node';

/** A new user's seed (ed25519): its secret. The broker knows only the public key. */
export function makeSeed(): string {
  return new TextDecoder().decode(nkeys.createUser().getSeed());
}

/** What the broker knows a user by. @throws where the seed is none */
export function publicKeyOf(seed: string): string {
  return nkeys.fromSeed(new TextEncoder().encode(seed)).getPublicKey();
}
