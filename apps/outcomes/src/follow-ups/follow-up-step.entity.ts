import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A step that one side reports; it counts once another confirmed it. */
@Entity('follow_up_steps')
export class FollowUpStepEntity {
  @PrimaryColumn('uuid', { name: 'follow_up_id' }) followUpId!: string;
  @PrimaryColumn('integer') n!: number;
  @Column('text') stage!: string;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('bigint', { nullable: true }) amount!: string | null;
  @Column('uuid', { name: 'said_by', nullable: true }) saidBy!: string | null;
  @Column('timestamptz') at!: Date;
  @Column('text', { name: 'confirmed_by', nullable: true }) confirmedBy!: string | null;
  @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null;
}
