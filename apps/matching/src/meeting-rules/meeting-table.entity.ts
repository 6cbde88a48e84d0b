import { Entity, PrimaryColumn } from 'typeorm';

/** A table at which meetings of a stop may take place. */
@Entity('meeting_tables')
export class MeetingTableEntity {
  @PrimaryColumn('uuid', { name: 'stop_id' }) stopId!: string;
  @PrimaryColumn('integer', { name: 'table_no' }) tableNo!: number;
}
