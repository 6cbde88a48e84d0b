import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { problems, type ProblemCode } from '#contracts';
import { projectRoot } from '../dev/system/project-root.js';

const bilingual = z.strictObject({ zh: z.string(), en: z.string() });
export type Bilingual = z.output<typeof bilingual>;

const stop = z.strictObject({
  name: bilingual,
  city: z.strictObject({ code: z.string() }),
  venue: z.strictObject({ name: bilingual }),
  description: bilingual,
  travel: bilingual,
  contact: z.strictObject({ name: z.string(), email: z.string() }),
  timeZone: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  capacity: z.number(),
  maxDelegatesPerCompany: z.number(),
  registration: z.strictObject({ opensAt: z.string(), closesAt: z.string() }),
  rooms: z.array(z.strictObject({ name: bilingual, seats: z.number() })),
  partners: z.array(z.strictObject({ role: z.string(), name: bilingual })),
});
export type ExampleStop = z.output<typeof stop>;

/** A company that the news names has a name here; all others are numbered, and their number is their key. */
const company = z
  .strictObject({
    key: z.string(),
    name: bilingual.optional(),
    uscc: z.string(),
    delegates: z.number().int().min(1),
  })
  .transform(({ key, name, ...rest }) => ({
    key,
    name: name ?? { zh: `示例企业 ${key}`, en: `Example Company ${key}` },
    ...rest,
  }));
export type ExampleCompany = z.output<typeof company>;

const place = { room: z.string(), startsAt: z.string() };
const session = z.strictObject({
  key: z.string(),
  /** The key of a company; without one it is the organizer's own talk. */
  proposedBy: z.string().optional(),
  kind: z.string(),
  title: bilingual,
  track: z.string().optional(),
  durationMinutes: z.number(),
  language: z.enum(['zh', 'en']),
  speakers: z.array(
    z.strictObject({ name: z.string(), email: z.string(), organization: z.string().optional() }),
  ),
  place: z.strictObject(place).optional(),
  rejectedFor: z.string().optional(),
});
export type ExampleSession = z.output<typeof session>;

const problemCode = z.custom<ProblemCode>((code) => typeof code === 'string' && code in problems);

const example = z.strictObject({
  about: bilingual,
  tour: z.strictObject({
    name: bilingual,
    description: bilingual,
    /** The mark by which later runs find the tour again. */
    website: z.string(),
  }),
  stop,
  companies: z.array(company),
  /** Keys of companies, as are the two lists below. */
  verified: z.array(z.string()),
  suspended: z.array(z.string()),
  cancelled: z.array(z.string()),
  wrongUscc: z.string(),
  sessions: z.array(session),
  /** Places that must be refused when everything else stands where it belongs. */
  clashes: z.array(z.strictObject({ session: z.string(), ...place, expect: problemCode })),
  releaseNote: z.string(),
});
export type Example = z.output<typeof example>;

export function readExample(): Example {
  return example.parse(JSON.parse(readFileSync(join(projectRoot, 'examples', 'chengdu.json'), 'utf8')));
}
