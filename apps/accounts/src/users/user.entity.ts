import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { UserRecord } from './user.js';

@Entity('users')
export class UserEntity implements UserRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') email!: string;
  @Column('text', { nullable: true }) name!: string | null;
  @Column('text', { nullable: true }) language!: UserRecord['language'];
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'proven_at', nullable: true }) provenAt!: Date | null;
}
