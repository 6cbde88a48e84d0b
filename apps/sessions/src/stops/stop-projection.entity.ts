import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StopState } from '#contracts';

@Entity('stops')
export class StopProjectionEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('jsonb') state!: StopState;
  @Column('integer') version!: number;
  @Column('integer', { name: 'moves_applied' }) movesApplied!: number;
  @Column('integer', { name: 'last_release', default: 0 }) lastRelease!: number;
  @Column('timestamptz', { name: 'cancelled_at', nullable: true }) cancelledAt!: Date | null;
}
