import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { deliveryStates } from '#contracts';

@Entity('deliveries')
export class DeliveryEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'webhook_id' }) webhookId!: string;
  @Column('uuid', { name: 'message_id' }) messageId!: string;
  /** A bigint, which the driver reads as text. */
  @Column('bigint') seq!: string;
  @Column('text') key!: string;
  @Column('text') state!: (typeof deliveryStates)[number];
  @Column('integer', { default: 0 }) attempts!: number;
  @Column('integer', { nullable: true }) status!: number | null;
  @Column('timestamptz', { name: 'next_at', nullable: true }) nextAt!: Date | null;
  @Column('timestamptz', { name: 'first_failed_at', nullable: true }) firstFailedAt!: Date | null;
  @Column('boolean', { default: false }) refused!: boolean;
  @Column('timestamptz', { name: 'waiting_since' }) waitingSince!: Date;
  @Column('timestamptz') at!: Date;
}
