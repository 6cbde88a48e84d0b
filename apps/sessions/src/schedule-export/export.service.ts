import { Injectable } from '@nestjs/common';
import type { Caller, InputOf, exportScheduleJson } from '#contracts';
import { Database } from '#persistence';
import type { ReleasedSession } from '../timetable/release.js';
import { TimetableService } from '../timetable/timetable.service.js';
import type { ExportSession, ExportSpeaker } from './export-event.js';
import { exportSchedule, type Schedule } from './export-schedule.js';
import { ImportedScheduleRepository } from '../schedule-import/imported-schedule.repository.js';
import { ImportRepository } from '../schedule-import/import.repository.js';
import type { ImportedDetails } from '../schedule-import/imported-entry.js';

@Injectable()
export class ExportService {
  constructor(
    private readonly database: Database,
    private readonly timetables: TimetableService,
    private readonly imports: ImportRepository,
    private readonly schedules: ImportedScheduleRepository,
  ) {}

  /** The latest release, with what the file said of the sessions that came from one. */
  async schedule(caller: Caller, asked: InputOf<typeof exportScheduleJson>): Promise<Schedule> {
    const { version, stop, rooms, sessions, scheduleRevision } = await this.timetables.getReleased(
      caller,
      asked.stopId,
    );
    const imported = await this.imports.findEntries(this.database, stop.id);
    const details = new Map(
      imported.map(({ sessionId, revision, details: one }) => [revisionKey(sessionId, revision), one]),
    );
    const schedule =
      scheduleRevision === null ? null : await this.schedules.find(this.database, stop.id, scheduleRevision);
    return exportSchedule({
      stop,
      release: { version: version ?? 0 },
      rooms,
      sessions: sessions.map((session) =>
        exported(session, details.get(revisionKey(session.id, session.sourceRevision ?? 1)) ?? null),
      ),
      details: schedule?.details ?? null,
      lang: asked.lang,
      baseUrl: asked.baseUrl,
    });
  }
}

/** A release shows what the file said when it came out; releases of earlier versions know one revision only. */
function revisionKey(sessionId: string, revision: number): string {
  return `${sessionId} ${revision}`;
}

/** A speaker keeps what the file said of the person under another name, too. */
function exported(session: ReleasedSession, details: ImportedDetails | null): ExportSession {
  const persons = new Set(details?.persons ?? []);
  const speakers = session.speakers.map(({ id, name }): ExportSpeaker => {
    const person = [...persons].find((one) => (id === undefined ? one.name === name : one.speakerId === id));
    if (person === undefined) {
      return { name, personKey: null, sourcePersonId: null, sourcePersonGuid: null, more: {} };
    }
    persons.delete(person);
    return { ...person, name, isRenamed: person.name !== name };
  });
  return { ...session, speakers, source: details };
}
