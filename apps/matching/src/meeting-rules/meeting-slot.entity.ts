import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A time in which meetings of a stop may take place. */
@Entity('meeting_slots')
export class MeetingSlotEntity {
  @PrimaryColumn('uuid', { name: 'stop_id' }) stopId!: string;
  @PrimaryColumn('timestamptz', { name: 'starts_at' }) startsAt!: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt!: Date;
}
