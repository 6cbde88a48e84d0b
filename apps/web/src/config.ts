import { z } from 'zod';
import { processSettings } from '#service';

const address = (example: string) =>
  z
    .url({ protocol: /^https?$/, error: `must be a URL such as ${example}` })
    .refine((url) => !/[?#]/.test(url), { error: 'must have no query and no fragment' })
    .transform((url) => url.replace(/\/+$/, ''));

/** Settings of the web process, read from the environment. */
export const webSettings = {
  ...processSettings,
  /** Where the gateway finds the pages. */
  PORT: z.coerce.number().int().min(1).max(65_535).default(3_001),
  HOST: z.string().default('0.0.0.0'),
  /** The gateway, as this process reaches it. */
  API_URL: address('http://gateway:3000'),
  /** The installation's address as its users know it: links to pages, cards and calendars begin with it. */
  PUBLIC_URL: address('https://tour.example.org').default('http://127.0.0.1:3000'),
  /** The same as the gateway's: lets this process say for which reader's address it asks. */
  WEB_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  /** Who runs the installation, as the footer and the privacy page name it. */
  SITE_OPERATOR: z.string().max(200).optional(),
  /** Where people turn to about their data: an address or a sentence. */
  PRIVACY_CONTACT: z.string().max(200).optional(),
  /** The number of the ICP filing, shown in the footer with a link to beian.miit.gov.cn. */
  ICP_FILING: z.string().max(100).optional(),
  /** The number of the filing with the police, such as 京公网安备 11010102000001号. */
  POLICE_FILING: z.string().max(100).optional(),
};

export type WebConfig = z.output<z.ZodObject<typeof webSettings>>;
