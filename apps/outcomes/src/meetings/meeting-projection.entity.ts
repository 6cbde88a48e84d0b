import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A meeting as its own service knows it. */
@Entity('meetings')
export class MeetingProjectionEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('uuid', { name: 'tour_id' }) tourId!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('uuid', { name: 'asker_id' }) askerId!: string;
  @Column('uuid', { name: 'asked_id' }) askedId!: string;
  @Column('boolean') concealed!: boolean;
  @Column('text') status!: string;
  @Column('timestamptz', { name: 'ends_at', nullable: true }) endsAt!: Date | null;
  @Column('integer') version!: number;
}
