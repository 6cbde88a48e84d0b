import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who comes for a company. */
@Entity('meeting_attendances')
export class MeetingAttendanceEntity {
  @PrimaryColumn('uuid', { name: 'stop_id' }) stopId!: string;
  @PrimaryColumn('uuid', { name: 'company_id' }) companyId!: string;
  @Column('uuid', { name: 'delegate_ids', array: true }) delegateIds!: string[];
  @Column('jsonb') unavailable!: unknown;
  @Column('integer', { name: 'max_meetings', nullable: true }) maxMeetings!: number | null;
  @Column('integer') version!: number;
}
