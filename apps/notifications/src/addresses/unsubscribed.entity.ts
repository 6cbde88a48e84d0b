import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('unsubscribed')
export class UnsubscribedEntity {
  @PrimaryColumn('uuid', { name: 'organization_id' }) organizationId!: string;
  @PrimaryColumn('text', { name: 'address_hash' }) addressHash!: string;
  @Column('timestamptz') at!: Date;
}
