import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ScheduleDetails } from '../schedule-file/schedule-details.js';

/** What a file said of a stop's schedule as a whole, once for each import that changed something. */
@Entity('imported_schedules')
export class ImportedScheduleEntity {
  @PrimaryColumn('uuid', { name: 'stop_id' }) stopId!: string;
  @PrimaryColumn('integer') revision!: number;
  @Column('jsonb') details!: ScheduleDetails;
}
