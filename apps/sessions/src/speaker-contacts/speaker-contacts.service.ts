import { Injectable } from '@nestjs/common';
import type { InputOf, OutputOf, SessionStatus, getSpeakers, listSpeakers } from '#contracts';
import { Database, cutPage, decodeIdCursor } from '#persistence';
import { SessionRepository } from '../sessions/session.repository.js';
import { speakersOfSession } from './speaker-contacts.js';

/** The speakers of these are those whom an announcement means. */
const announcedTo: readonly SessionStatus[] = ['accepted', 'scheduled'];

/** Tells notifications, at the moment of sending, where speakers are reached. */
@Injectable()
export class SpeakerContacts {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionRepository,
  ) {}

  async get({ sessionIds }: InputOf<typeof getSpeakers>): Promise<OutputOf<typeof getSpeakers>> {
    const found = await this.sessions.findAll(this.database, sessionIds);
    const byId = new Map(found.map((session) => [session.id, session]));
    const inOrder = [...new Set(sessionIds)].flatMap((id) => byId.get(id) ?? []);
    return { sessions: inOrder.map(speakersOfSession) };
  }

  async list(query: InputOf<typeof listSpeakers>): Promise<OutputOf<typeof listSpeakers>> {
    const { stopId, statuses = announcedTo, limit } = query;
    const rows = await this.sessions.list(
      this.database,
      { stopId, statuses, track: undefined, companyId: null },
      { after: decodeIdCursor(query.cursor), take: limit + 1 },
    );
    const { items, nextCursor } = cutPage(rows, limit, (session) => [session.id]);
    return { items: items.map(speakersOfSession), nextCursor };
  }
}
