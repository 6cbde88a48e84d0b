import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ImportedSpeaker } from './import-speakers.js';
import type { SourceDetails } from '../schedule-file/source-details.js';

export type ImportedDetails = SourceDetails & { persons: ImportedPerson[] };
/** Never with the address: what is kept here is given to the public. */
export type ImportedPerson = Omit<ImportedSpeaker, 'email'> & { speakerId: string };

@Entity('imported_entries')
export class ImportedEntryEntity {
  @PrimaryColumn('uuid', { name: 'session_id' }) sessionId!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('text', { name: 'source_id' }) sourceId!: string;
  @Column('jsonb') details!: ImportedDetails;
}
