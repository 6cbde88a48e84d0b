import type { z } from 'zod';

/** A refinement of a list of people: an e-mail address, as it is stored in lower case, stands for one of them only. */
export const refuseRepeatedEmails =
  (who: 'speaker' | 'delegate') =>
  (people: readonly { email: string | null }[], context: z.RefinementCtx): void => {
    const known = new Set<string>();
    for (const [index, { email }] of people.entries()) {
      if (email === null) continue;
      if (known.has(email)) {
        const message = `is the e-mail address of another ${who} already`;
        context.addIssue({ code: 'custom', path: [index, 'email'], message });
      }
      known.add(email);
    }
  };
