import { Column, Entity, PrimaryColumn } from 'typeorm';
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

/** What a file said of a session, once for each import that changed something. */
@Entity('imported_entries')
export class ImportedEntryEntity {
  @PrimaryColumn('uuid', { name: 'session_id' }) sessionId!: string;
  @PrimaryColumn('integer') revision!: number;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('text', { name: 'source_id' }) sourceId!: string;
  @Column('jsonb') details!: ImportedDetails;
}
