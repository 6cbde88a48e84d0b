import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The token by which calendar programs read a company's meetings. */
@Entity('calendar_feeds')
export class CalendarFeedEntity {
  @PrimaryColumn('uuid', { name: 'company_id' }) companyId!: string;
  @Column('bytea', { name: 'token_hash' }) tokenHash!: Buffer;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
