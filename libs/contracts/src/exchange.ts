import { z } from 'zod';
import { request } from './contract.js';
import { problems, type ProblemCode } from './problems.js';
import { Room } from './stops.js';
import { Id, LocalizedName, Warnings } from './values/values.js';

/** The largest published schedule files have about 2 MiB. */
export const maxScheduleBytes = 8 * 1024 * 1024;

/** A boolean that a query parameter spells as a word. */
const flag = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')], {
    error: 'must be true or false',
  })
  .default(false);

const changeValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable();
/** What of an entry is otherwise in the file (`to`) than in the session (`from`); long texts are cut. */
const EntryChange = z.object({ field: z.string(), from: changeValue, to: changeValue });
export type EntryChange = z.output<typeof EntryChange>;

const Entry = z.object({
  /**
   * `created`; `updated`, with what it took over in `changes`; `unchanged`, since the stop has this entry already (with
   * `existing=compare` the differences are in `changes`); `missing`, since a comparison makes nothing (both tell in
   * `code` and `detail` why an import could not give them their place); `kept`, accepted without a place, and `refused`, both with the reason in `code` and `detail`; `held_back`, right in itself but left
   * out since `atomic` was asked for and others were refused.
   */
  result: z.enum(['created', 'updated', 'unchanged', 'missing', 'kept', 'refused', 'held_back']),
  /** As in the file. */
  guid: z.string().nullable(),
  id: z.string().nullable(),
  title: z.string().nullable(),
  room: z.string().nullable(),
  startsAt: z.string().nullable(),
  sessionId: z.string().nullable(),
  code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]).nullable(),
  detail: z.string().nullable(),
  /** What it conflicts with: a session or, where `atomic` created none, an entry of the same file by its guid and id. */
  conflicts: z.array(
    z.object({
      sessionId: z.string().nullable(),
      guid: z.string().nullable(),
      id: z.string().nullable(),
      title: LocalizedName,
      startsAt: z.string(),
      endsAt: z.string(),
    }),
  ),
  /** Absent where there is none. */
  changes: z.array(EntryChange).optional(),
});
export type ImportedEntryResult = z.output<typeof Entry>;

export const ScheduleImport = z.object({
  stopId: z.string(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  /** Entries that the stop does not have, in a comparison. */
  missing: z.number().int(),
  /** Sessions that can't have their place, and are accepted without one. */
  kept: z.number().int(),
  refused: z.number().int(),
  /** The rooms that were created because the stop had none of these names. */
  rooms: z.array(Room),
  /** One for each entry, in the order of the file. */
  results: z.array(Entry),
  warnings: Warnings.optional(),
});
export type ScheduleImport = z.output<typeof ScheduleImport>;

/** Imports a schedule in the frab/C3VOC format. The body is the unchanged file. */
export const importSchedule = request('rpc.sessions.import-schedule.v1', {
  input: z.strictObject({
    stopId: Id,
    align: z.enum(['start']).optional(),
    atomic: flag,
    /** What becomes of entries that the stop has already. */
    existing: z.enum(['skip', 'update', 'compare']).default('skip'),
    /** Whether an entry that can't have its place becomes an accepted session or is left out. */
    refused: z.enum(['keep', 'skip']).default('keep'),
    body: z.strictObject({ format: z.enum(['json', 'xml']), text: z.string() }),
  }),
  output: ScheduleImport,
  errors: [
    'request.malformed',
    'resource.not_found',
    'stop.cancelled',
    'session.closed',
    'session.room_conflict',
    'session.speaker_conflict',
    'session.outside_stop',
  ],
});

const exportSchedule = (format: 'json' | 'xml') =>
  request(`rpc.sessions.export-schedule-${format}.v1`, {
    input: z.strictObject({
      stopId: Id,
      lang: z.enum(['zh', 'en']).default('zh'),
      /** The address of the API; the gateway fills it in. */
      baseUrl: z.url().meta({ examples: ['https://api.example.com'] }),
    }),
    output: z.object({ text: z.string() }),
    errors: ['resource.not_found'],
  });

/** The latest release of a timetable in the format that conference apps read. */
export const exportScheduleJson = exportSchedule('json');
export const exportScheduleXml = exportSchedule('xml');
