import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AggregateKind } from './aggregate.js';

@Entity('aggregates')
export class AggregateEntity {
  @PrimaryColumn('text') kind!: AggregateKind;
  @PrimaryColumn('uuid') id!: string;
  @Column('integer') version!: number;
  @Column('uuid', { name: 'company_id', nullable: true }) companyId!: string | null;
  @Column('uuid', { name: 'stop_id', nullable: true }) stopId!: string | null;
  @Column('jsonb') snapshot!: object;
}
