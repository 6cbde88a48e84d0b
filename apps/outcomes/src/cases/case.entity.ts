import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An application case, from its nomination on. */
@Entity('cases')
export class CaseEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'tour_id' }) tourId!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('jsonb') title!: unknown;
  @Column('text') field!: string;
  @Column('uuid', { name: 'company_ids', array: true }) companyIds!: string[];
  @Column('jsonb') summary!: unknown;
  @Column('text') state!: string;
  @Column('timestamptz', { name: 'announced_at', nullable: true }) announcedAt!: Date | null;
  @Column('uuid', { nullable: true }) corrects!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('integer') version!: number;
}
