import { z } from 'zod';
import { request } from './contract.js';
import { LocalizedName } from './values/values.js';

export const accountMailKinds = ['sign-in', 'invitation'] as const;

/**
 * Sends a mail that lets a person in, ahead of all other mail. Codes and links travel in this request alone, never in
 * an event, and notifications keeps them no longer than sending takes. Only accounts may ask for it.
 *
 * Answers once the mail is accepted for sending. A `sign-in` carries `code`; an `invitation` says to what and by whom.
 */
export const sendAccountMail = request('rpc.notifications.send-account-mail.v1', {
  input: z.object({
    kind: z.enum(accountMailKinds),
    /** The sender's id of this mail: asked for again with the same one, it is sent once. */
    mailId: z.string(),
    email: z.string(),
    /** `null` for no preference: both languages, Chinese first. */
    language: z.enum(['zh', 'en']).nullable(),
    /** Six digits, in a `sign-in`. */
    code: z.string().optional(),
    /** What the person opens; of a `sign-in` its token stands behind the `#`. */
    link: z.string(),
    /** Until when code and link are good; a mail that could not be sent by then is dropped. */
    expiresAt: z.string().optional(),
    /** Of an `invitation`: as what the person is invited, and by which organization or company, for which stop. */
    role: z.enum(['organizer', 'staff', 'company']).optional(),
    organization: LocalizedName.optional(),
    company: LocalizedName.optional(),
    stop: LocalizedName.optional(),
    /** The name of the person who invites, where a person does and has given it. */
    invitedBy: z.string().optional(),
  }),
  output: z.null(),
  errors: ['mail.not_configured'],
});
