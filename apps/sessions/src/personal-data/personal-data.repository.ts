import type { Reader, Transaction } from '#persistence';
import { Injectable } from '@nestjs/common';

/** Finds the sessions that still hold personal data. */
@Injectable()
export class PersonalDataRepository {
  /** Sessions with contacts of speakers, at stops that ended before an instant. */
  async findDue(manager: Reader, endedBefore: Date, take: number): Promise<string[]> {
    const rows = (await manager.query(
      `SELECT s.id FROM stops JOIN sessions s ON s.stop_id = stops.id
        WHERE (stops.state->>'endsAt')::timestamptz < $1
          AND jsonb_path_exists(s.speakers, '$[*] ? (@.email != null || @.personKey != null)')
        ORDER BY s.id LIMIT $2`,
      [endedBefore, take],
    )) as { id: string }[];
    return rows.map(({ id }) => id);
  }

  /** Erases what the file of an imported session said of its persons besides their names: biographies, links, ids. */
  async erasePersons(manager: Transaction, sessionId: string): Promise<void> {
    await manager.query(
      `UPDATE imported_entries
          SET details = jsonb_set(details - 'taken', '{persons}', (
            SELECT coalesce(jsonb_agg(person || '{"more": {}, "personKey": null}' ORDER BY place), '[]')
              FROM jsonb_array_elements(details->'persons') WITH ORDINALITY AS listed (person, place)))
        WHERE session_id = $1`,
      [sessionId],
    );
  }
}
