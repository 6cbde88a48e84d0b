import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('log_state')
export class LogStateEntity {
  @PrimaryColumn('boolean', { default: true }) id!: boolean;
  @Column('timestamptz', { name: 'following_since' }) followingSince!: Date;
  @Column('bigint', { name: 'pruned_seq', default: 0 }) prunedSeq!: string;
}
