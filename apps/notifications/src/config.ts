import { z } from 'zod';
import { parseAllowList, type EgressAllowList } from './egress/allowed-address.js';
import { mailSettings } from './mail/mail-settings.js';

/** Settings of notifications besides those of every service. */
export const notificationsSettings = {
  ...mailSettings,
  /** The installation's address: links in mails begin with it. */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL such as https://tour.example.org' })
    .transform((url) => url.replace(/\/+$/, ''))
    .default('http://127.0.0.1:3000'),
  /** From which the secrets of webhooks are derived: 32 bytes in hexadecimal digits. */
  WEBHOOK_SECRET: z.string().regex(/^[0-9a-f]{64}$/i, { error: 'must be 64 hexadecimal digits' }),
  /** Hosts of chat robots besides those of WeCom, DingTalk and Feishu: `host` or `host:port`, comma-separated. */
  BOT_HOSTS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((host) => host.trim().toLowerCase())
        .filter((host) => host !== ''),
    )
    .pipe(
      z.array(z.string().regex(/^[\w.:[\]-]+$/, { error: 'must be hosts such as robots.example.org:8443' })),
    ),
  /** Networks (CIDRs, comma-separated) to which messages may go although they are not public. */
  EGRESS_ALLOW: z
    .string()
    .default('')
    .transform((text, context): EgressAllowList => {
      try {
        return parseAllowList(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'must be networks such as 10.0.0.0/8,fd00::/8' });
        return z.NEVER;
      }
    }),
};

export type NotificationsConfig = z.output<z.ZodObject<typeof notificationsSettings>>;
