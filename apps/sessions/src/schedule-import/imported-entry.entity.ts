import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ImportedDetails } from './imported-entry.js';

/** What a file said of a session, once for each import that changed something. */
@Entity('imported_entries')
export class ImportedEntryEntity {
  @PrimaryColumn('uuid', { name: 'session_id' }) sessionId!: string;
  @PrimaryColumn('integer', { default: 1 }) revision!: number;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('text', { name: 'source_id' }) sourceId!: string;
  @Column('jsonb') details!: ImportedDetails;
}
