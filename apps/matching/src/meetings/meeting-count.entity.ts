import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Placed meetings of a company at a stop, and how many it wants at most. */
@Entity('meeting_counts')
export class MeetingCountEntity {
  @PrimaryColumn('uuid', { name: 'stop_id' }) stopId!: string;
  @PrimaryColumn('uuid', { name: 'company_id' }) companyId!: string;
  @Column('integer') placed!: number;
  @Column('integer', { nullable: true }) wish!: number | null;
}
