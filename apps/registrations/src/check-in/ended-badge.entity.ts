import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A badge that let somebody in once: a scan of it is refused as no longer valid. */
@Entity('ended_badges')
export class EndedBadgeEntity {
  @PrimaryColumn('text') badge!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  /** Unknown of badges that ended before it was written down. */
  @Column('uuid', { name: 'registration_id', nullable: true }) registrationId!: string | null;
  @Column('uuid', { name: 'delegate_id' }) delegateId!: string;
  @Column('timestamptz', { name: 'ended_at', default: () => 'now()' }) endedAt!: Date;
}
