import type { ImportedSpeaker } from './import-speakers.js';
import type { SourceDetails } from '../schedule-file/source-details.js';
import type { TakenFields } from './taken-fields.js';

export type ImportedDetails = SourceDetails & {
  persons: ImportedPerson[];
  /** What the session took from the file; absent in entries of earlier versions. */
  taken?: TakenFields;
};
/** Never with the address: what is kept here is given to the public. */
export type ImportedPerson = Omit<ImportedSpeaker, 'email'> & { speakerId: string };
