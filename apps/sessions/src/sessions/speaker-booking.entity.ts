import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When and where a speaker of a scheduled session is; `during` is a range in PostgreSQL's notation. */
@Entity('speaker_bookings')
export class SpeakerBookingEntity {
  @PrimaryColumn('uuid', { name: 'session_id' }) sessionId!: string;
  @PrimaryColumn('text', { name: 'speaker_key' }) speakerKey!: string;
  @PrimaryColumn('text') kind!: 'talk' | 'travel';
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('text') place!: string;
  @Column('tstzrange') during!: string;
}
