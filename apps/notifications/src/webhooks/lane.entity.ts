import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('lanes')
export class LaneEntity {
  @PrimaryColumn('uuid', { name: 'webhook_id' }) webhookId!: string;
  @Column('integer', { default: 0 }) failures!: number;
  @Column('timestamptz', { name: 'last_failure_at', nullable: true }) lastFailureAt!: Date | null;
  @Column('timestamptz', { name: 'last_success_at' }) lastSuccessAt!: Date;
  @Column('timestamptz', { name: 'next_at' }) nextAt!: Date;
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt!: Date | null;
  @Column('uuid', { name: 'lease_id', nullable: true }) leaseId!: string | null;
  @Column('timestamptz', { name: 'lease_until', nullable: true }) leaseUntil!: Date | null;
}
