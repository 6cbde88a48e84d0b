import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How meetings of a stop are asked for and placed. */
@Entity('meeting_rules')
export class MeetingRulesEntity {
  @PrimaryColumn('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('text') scheduling!: string;
  @Column('jsonb') slots!: unknown;
  @Column('integer') tables!: number;
  @Column('integer', { name: 'request_quota' }) requestQuota!: number;
  @Column('integer', { name: 'expires_hours' }) expiresHours!: number;
  @Column('timestamptz', { name: 'opens_at' }) opensAt!: Date;
  @Column('timestamptz', { name: 'closes_at' }) closesAt!: Date;
  @Column('integer') version!: number;
}
