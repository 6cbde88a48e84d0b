import { Injectable } from '@nestjs/common';
import type { Caller, InputOf, Timetable, exportScheduleJson } from '#contracts';
import { Database } from '#persistence';
import { TimetableService } from '../timetable/timetable.service.js';
import type { ExportSession, ExportSpeaker } from './export-event.js';
import { exportSchedule, type Schedule } from './export-schedule.js';
import { ImportRepository } from '../schedule-import/import.repository.js';
import type { ImportedDetails } from '../schedule-import/imported-entry.entity.js';

type ReleasedSession = Timetable['sessions'][number];

@Injectable()
export class ExportService {
  constructor(
    private readonly database: Database,
    private readonly timetables: TimetableService,
    private readonly imports: ImportRepository,
  ) {}

  /** The latest release, with what the file said of the sessions that came from one. */
  async schedule(caller: Caller, asked: InputOf<typeof exportScheduleJson>): Promise<Schedule> {
    const { release, stop, rooms, sessions } = await this.timetables.get(caller, asked.stopId, undefined);
    const imported = await this.imports.findEntries(this.database, stop.id);
    const details = new Map(imported.map((entry) => [entry.sessionId, entry.details]));
    return exportSchedule({
      stop,
      release: { version: release.version ?? 0 },
      rooms,
      sessions: sessions.map((session) => exported(session, details.get(session.id) ?? null)),
      lang: asked.lang,
      baseUrl: asked.baseUrl,
    });
  }
}

function exported(session: ReleasedSession, details: ImportedDetails | null): ExportSession {
  const persons = [...(details?.persons ?? [])];
  const speakers = session.speakers.map(({ name }): ExportSpeaker => {
    const at = persons.findIndex((person) => person.name === name);
    const [person] = at === -1 ? [] : persons.splice(at, 1);
    return person ?? { name, personKey: null, sourcePersonId: null, sourcePersonGuid: null };
  });
  return { ...session, speakers, source: details };
}
