import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An offer or a need of a company. */
@Entity('listings')
export class ListingEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'tour_id' }) tourId!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('uuid', { name: 'company_id' }) companyId!: string;
  @Column('text') side!: string;
  @Column('jsonb') title!: unknown;
  @Column('jsonb') text!: unknown;
  @Column('text') folded!: string;
  @Column('text', { array: true }) concepts!: string[];
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('text') state!: string;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('integer') version!: number;
}
