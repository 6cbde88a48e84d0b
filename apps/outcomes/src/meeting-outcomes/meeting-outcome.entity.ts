import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one side says of a meeting. */
@Entity('meeting_outcomes')
export class MeetingOutcomeEntity {
  @PrimaryColumn('uuid', { name: 'meeting_id' }) meetingId!: string;
  @PrimaryColumn('text') side!: string;
  @Column('uuid', { name: 'company_id' }) companyId!: string;
  @Column('integer') useful!: number;
  @Column('text') next!: string;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('timestamptz') at!: Date;
  @Column('integer') revision!: number;
}
