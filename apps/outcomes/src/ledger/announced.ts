import { Problem } from '#contracts';

/** Throws `ledger.announced` for what was announced: it never changes. */
export function refuseAnnounced(
  { announcedAt }: { readonly announcedAt: string | null },
  noun: string,
): void {
  if (announcedAt === null) return;
  throw new Problem(
    'ledger.announced',
    `The ${noun} was announced and never changes. A correction is a new entry that names it in "corrects".`,
  );
}
