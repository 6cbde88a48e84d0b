import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { KnownStop } from './known-stop.js';

@Entity('stops')
export class KnownStopEntity implements KnownStop {
  @PrimaryColumn('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('uuid', { name: 'tour_id' }) tourId!: string;
}
