import { z } from 'zod';

/** The bytes of a file: compressed because messages have a size limit, base64 because they are JSON. */
export const ExportedFile = z.object({ fileName: z.string(), mediaType: z.string(), gzipBase64: z.string() });
export type ExportedFile = z.output<typeof ExportedFile>;
