import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('suppressions')
export class SuppressionEntity {
  @PrimaryColumn('text', { name: 'address_hash' }) addressHash!: string;
  @Column('text') reason!: string;
  @Column('timestamptz') until!: Date;
}
