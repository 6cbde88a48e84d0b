import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('announcements')
export class AnnouncementEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('jsonb') audience!: object;
  @Column('jsonb') subject!: object;
  @Column('jsonb') text!: object;
  @Column('text') status!: string;
  @Column('integer', { nullable: true }) recipients!: number | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'approved_at', nullable: true }) approvedAt!: Date | null;
  @Column('integer') version!: number;
}
