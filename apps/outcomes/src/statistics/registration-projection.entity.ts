import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A registration as its own service counts it. */
@Entity('registrations')
export class RegistrationProjectionEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('uuid', { name: 'company_id' }) companyId!: string;
  @Column('boolean') confirmed!: boolean;
  @Column('integer') seats!: number;
  @Column('integer') version!: number;
}
