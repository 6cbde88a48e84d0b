import { z } from 'zod';
import { Email } from '#contracts';

/** What becomes of mails: nothing is sent, all go to one address, or each goes to its recipient. */
export const mailModes = ['off', 'capture', 'send'] as const;
export type MailMode = (typeof mailModes)[number];

/** A mailbox with the name that recipients see. */
export interface Mailbox {
  readonly name: string | null;
  readonly address: string;
}

const withName = /^\s*"?([^"<>@,:;]*?)"?\s*<([^<>]+)>\s*$/;

/** Reads `Waystop <tour@example.org>` or a bare address; undefined for what is neither. */
export function readMailbox(text: string): Mailbox | undefined {
  const [, name = '', inBrackets] = withName.exec(text) ?? [];
  const address = Email.safeParse(inBrackets ?? text);
  return address.success ? { name: name.trim() || null, address: address.data } : undefined;
}

function readSmtpUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return /^smtps?:$/.test(url.protocol) && url.hostname !== '' ? url : undefined;
}

/** Settings of the mails, read from the environment. */
export const mailSettings = {
  /** The server that takes mails: `smtp://user:password@host:587`, or `smtps://` with TLS from the start. */
  SMTP_URL: z
    .string()
    .transform((text, context) => {
      const url = readSmtpUrl(text);
      if (url !== undefined) return url;
      context.addIssue({ code: 'custom', message: 'must be a URL such as smtp://user:password@host:587' });
      return z.NEVER;
    })
    .optional(),
  /** The sender of all mails. */
  MAIL_FROM: z
    .string()
    .transform((text, context): Mailbox => {
      const mailbox = readMailbox(text);
      if (mailbox !== undefined) return mailbox;
      context.addIssue({
        code: 'custom',
        message: 'must be an address such as Waystop <tour@example.org>',
      });
      return z.NEVER;
    })
    .optional(),
  /** `send` where `SMTP_URL` is set, else `off`, unless it is set. */
  MAIL_MODE: z.enum(mailModes, { error: `must be one of ${mailModes.join(', ')}` }).optional(),
  /** Where all mails go in the mode `capture`; the sender's address where it is not set. */
  MAIL_CAPTURE_TO: Email.optional(),
  /** Mails a minute that the SMTP account may send; without a limit where it is not set. */
  MAIL_RATE_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).optional(),
};

export type MailConfig = z.output<z.ZodObject<typeof mailSettings>>;

export function mailModeOf({
  MAIL_MODE: mode,
  SMTP_URL: url,
}: Pick<MailConfig, 'MAIL_MODE' | 'SMTP_URL'>): MailMode {
  return mode ?? (url === undefined ? 'off' : 'send');
}

/** What is wrong with settings that are right each for itself. */
export function mailFaults(config: Pick<MailConfig, 'MAIL_MODE' | 'SMTP_URL' | 'MAIL_FROM'>): string[] {
  const mode = mailModeOf(config);
  if (mode === 'off') return [];
  return [
    ...(config.SMTP_URL === undefined
      ? [`SMTP_URL: must be set, since MAIL_MODE is ${mode}; unset MAIL_MODE and no mail is sent`]
      : []),
    ...(config.MAIL_FROM === undefined
      ? ['MAIL_FROM: must be set where mails are sent, such as Waystop <tour@example.org>']
      : []),
  ];
}
