import { z } from 'zod';

/** What a text means, or in plain words why it can't be taken: "must …". */
export type Reading = { readonly value: string } | { readonly fault: string };

/** A schema of texts that are read by a function; `meta` is what the API document says of them. */
export const readBy = (read: (given: string) => Reading, meta: z.core.GlobalMeta) =>
  z
    .string()
    .meta(meta)
    .transform((given, context): string => {
      const reading = read(given);
      if ('value' in reading) return reading.value;
      context.issues.push({ code: 'custom', message: reading.fault, input: given });
      return z.NEVER;
    });
