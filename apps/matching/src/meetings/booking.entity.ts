import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When a person is taken, by a meeting or elsewhere. */
@Entity('bookings')
export class BookingEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'BY DEFAULT' }) id!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('text') kind!: 'meeting' | 'elsewhere';
  @Column('uuid', { name: 'meeting_id', nullable: true }) meetingId!: string | null;
  @Column('uuid', { name: 'session_id', nullable: true }) sessionId!: string | null;
  @Column('tstzrange') during!: string;
}
