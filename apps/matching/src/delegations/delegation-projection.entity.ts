import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A delegation as registrations knows it. */
@Entity('delegations')
export class DelegationProjectionEntity {
  @PrimaryColumn('uuid', { name: 'registration_id' }) registrationId!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('uuid', { name: 'company_id' }) companyId!: string;
  @Column('boolean') live!: boolean;
  @Column('boolean', { name: 'ever_live' }) everLive!: boolean;
  @Column('integer') version!: number;
}
