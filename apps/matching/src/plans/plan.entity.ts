import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A plan of a stop's meetings: what was asked for, how far it is, and what came of it. */
@Entity('plans')
export class PlanEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('text') status!: string;
  @Column('integer') seed!: number;
  @Column('integer') steps!: number;
  @Column('double precision') seconds!: number;
  @Column('uuid', { array: true }) locked!: string[];
  @Column('text', { nullable: true }) basis!: string | null;
  @Column('jsonb') progress!: unknown;
  @Column('jsonb', { nullable: true }) result!: unknown;
  @Column('uuid', { nullable: true }) worker!: string | null;
  @Column('timestamptz', { name: 'leased_until', nullable: true }) leasedUntil!: Date | null;
  @Column('integer', { default: 0 }) attempts!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('integer') version!: number;
}
