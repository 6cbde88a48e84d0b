import { z } from 'zod';

/** The name of the file that says what a backup holds. It is written last, so a folder without it is none. */
export const manifestFile = 'manifest.json';

const tableSchema = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  /** Below the backup's folder: the rows in PostgreSQL's text format of COPY, compressed with gzip. */
  file: z.string().regex(/^[a-z]+\/[a-z_]+\.copy\.gz$/),
  rows: z.number().int().min(0),
  bytes: z.number().int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const sequenceSchema = z.object({
  name: z.string(),
  /** The number that was drawn last; null where none was. */
  lastValue: z.string().regex(/^\d+$/).nullable(),
});

const databaseSchema = z.object({
  service: z.string(),
  /** When its snapshot was taken, by the clock of its server. */
  takenAt: z.iso.datetime(),
  serverVersion: z.string(),
  /** What had been done to its tables, in the order of the code. */
  migrations: z.array(z.string()),
  /** Each table after those that it refers to. */
  tables: z.array(tableSchema),
  sequences: z.array(sequenceSchema),
});

/** What a backup says of itself. */
export const manifestSchema = z.object({
  format: z.literal(1),
  /** Of the Waystop that wrote it. */
  version: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  databases: z.array(databaseSchema),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type DatabaseBackup = z.infer<typeof databaseSchema>;
export type TableBackup = z.infer<typeof tableSchema>;
export type SequenceBackup = z.infer<typeof sequenceSchema>;
