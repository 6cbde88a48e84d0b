import { Injectable } from '@nestjs/common';
import type { Localized } from '#contracts';
import type { Reader } from '#persistence';

/** The words of announcements, for the mails that carry them. */
@Injectable()
export class AnnouncementTextRepository {
  async find(
    manager: Reader,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, { subject: Localized; text: Localized }>> {
    if (ids.length === 0) return new Map();
    const rows = (await manager.query(
      'SELECT id, subject, text FROM announcements WHERE id = ANY ($1::uuid[])',
      [[...new Set(ids)]],
    )) as { id: string; subject: Localized; text: Localized }[];
    return new Map(rows.map(({ id, subject, text }) => [id, { subject, text }]));
  }
}
