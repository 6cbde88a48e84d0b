import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A white paper or another publication, in one edition. */
@Entity('papers')
export class PaperEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'tour_id' }) tourId!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('uuid', { name: 'stop_id', nullable: true }) stopId!: string | null;
  @Column('jsonb') title!: unknown;
  @Column('jsonb') authors!: unknown;
  @Column('jsonb') issuers!: unknown;
  @Column('text') edition!: string;
  @Column('text', { nullable: true }) url!: string | null;
  @Column('timestamptz', { name: 'announced_at', nullable: true }) announcedAt!: Date | null;
  @Column('uuid', { nullable: true }) corrects!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('integer') version!: number;
}
