import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Open requests of a company at a stop. */
@Entity('request_counts')
export class RequestCountEntity {
  @PrimaryColumn('uuid', { name: 'stop_id' }) stopId!: string;
  @PrimaryColumn('uuid', { name: 'company_id' }) companyId!: string;
  @Column('integer') open!: number;
  @Column('integer') quota!: number;
}
