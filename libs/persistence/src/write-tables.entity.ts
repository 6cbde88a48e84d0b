import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The tables that every service's writes need beside their own rows. Constraints and indexes stand in the migration. */

@Entity('outbox')
export class OutboxEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') subject!: string;
  @Column('text', { name: 'aggregate_id' }) aggregateId!: string;
  @Column('text') payload!: string;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'published_at', default: () => 'now()' }) publishedAt!: Date;
}

@Entity('outbox_queue')
export class OutboxQueueEntity {
  @PrimaryColumn('uuid', { name: 'event_id' }) eventId!: string;
}

@Entity('stream_seen')
export class StreamSeenEntity {
  @PrimaryColumn('boolean', { name: 'only_one', default: true }) onlyOne!: boolean;
  @Column('text') created!: string;
  @Column('timestamptz', { name: 'republish_before', nullable: true }) republishBefore!: Date | null;
  @Column('uuid', { name: 'last_id', nullable: true }) lastId!: string | null;
  /** A bigint, so the driver reads it as text. */
  @Column('bigint', { name: 'last_seq', nullable: true }) lastSeq!: string | null;
  @Column('timestamptz', { name: 'last_at', nullable: true }) lastAt!: Date | null;
}

@Entity('inbox')
export class InboxEntity {
  @PrimaryColumn('text') consumer!: string;
  @PrimaryColumn('uuid', { name: 'event_id' }) eventId!: string;
  @Column('timestamptz', { name: 'received_at', default: () => 'now()' }) receivedAt!: Date;
}

@Entity('idempotency')
export class IdempotencyEntity {
  @PrimaryColumn('text') scope!: string;
  @PrimaryColumn('text') key!: string;
  @Column('text', { name: 'request_hash' }) requestHash!: string;
  @Column('text', { nullable: true }) answer!: string | null;
  @Column('text', { name: 'resource_id', nullable: true }) resourceId!: string | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
}

@Entity('audit')
export class AuditEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('timestamptz') at!: Date;
  @Column('text', { name: 'actor_role' }) actorRole!: string;
  @Column('text', { name: 'actor_key_id', nullable: true }) actorKeyId!: string | null;
  @Column('uuid', { name: 'actor_user_id', nullable: true }) actorUserId!: string | null;
  @Column('uuid', { name: 'organization_id', nullable: true }) organizationId!: string | null;
  @Column('text', { name: 'resource_type' }) resourceType!: string;
  @Column('uuid', { name: 'resource_id' }) resourceId!: string;
  @Column('text') action!: string;
  @Column('jsonb', { nullable: true }) before!: Record<string, unknown> | null;
  @Column('jsonb', { nullable: true }) after!: Record<string, unknown> | null;
  @Column('text', { name: 'request_id' }) requestId!: string;
}

@Entity('dead_letters')
export class DeadLetterEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') consumer!: string;
  @Column('text') subject!: string;
  @Column('text', { name: 'event_id', nullable: true }) eventId!: string | null;
  @Column('text') payload!: string;
  @Column('text') reason!: string;
  @Column('integer') deliveries!: number;
  @Column('timestamptz', { name: 'buried_at', default: () => 'now()' }) buriedAt!: Date;
  @Column('timestamptz', { name: 'replay_requested_at', nullable: true }) replayRequestedAt!: Date | null;
}

export const writeTables = [
  OutboxEntity,
  OutboxQueueEntity,
  StreamSeenEntity,
  InboxEntity,
  IdempotencyEntity,
  AuditEntity,
  DeadLetterEntity,
];
