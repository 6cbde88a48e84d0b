import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('digest_items')
export class DigestItemEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'owner_id' }) ownerId!: string;
  @Column('text') kind!: string;
  @Column('uuid', { name: 'stop_id', nullable: true }) stopId!: string | null;
  @Column('uuid', { name: 'ref_id' }) refId!: string;
  @Column('uuid', { name: 'company_id', nullable: true }) companyId!: string | null;
}
