import type { Meeting } from '#contracts/meetings';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { shortDateOf, timeRange } from '../../../../shared/time.js';
import { lang } from '../../words/index.js';
import { instantAt, meetingAt, personOf, placeOf, type Board, type Obstacle, type Place } from './board.js';
import { t } from './board-words.js';

/** What a board says of its companies, places and obstacles, in the language of the page. */
export class BoardText {
  private readonly hasDays: boolean;

  constructor(
    private readonly board: Board,
    private readonly stop: Pick<Stop, 'timeZone'>,
    days: number,
  ) {
    this.hasDays = days > 1;
  }

  company(id: string): string {
    const guest = this.board.guests.get(id);
    return guest === undefined ? t.someCompany : inLang(guest.name, lang);
  }

  pair({ askerId, askedId }: Pick<Meeting, 'askerId' | 'askedId'>): string {
    return t.pair(this.company(askerId), this.company(askedId));
  }

  /** `09:00–09:20` */
  times(startMs: number): string {
    const slot = this.board.slots.find((one) => one.startMs === startMs);
    return timeRange(instantAt(startMs), instantAt(slot?.endMs ?? startMs), this.stop.timeZone);
  }

  /** With the day, where there are several. */
  when(startMs: number): string {
    const times = this.times(startMs);
    return this.hasDays ? `${this.day(startMs)} ${times}` : times;
  }

  day(startMs: number): string {
    return shortDateOf(instantAt(startMs), this.stop.timeZone, lang);
  }

  place(place: Place): string {
    return `${this.when(place.startMs)} · ${t.table(place.tableNo)}`;
  }

  whereOf(meeting: Meeting): string {
    const place = placeOf(meeting);
    return place === null ? t.status.accepted : this.place(place);
  }

  /** The name of who comes for a company, with the company. */
  person(meeting: Meeting, companyId: string): string {
    return personOf(this.board, meeting, companyId)?.name ?? t.somebody;
  }

  obstacle(meeting: Meeting, obstacle: Obstacle): string {
    switch (obstacle.kind) {
      case 'table': {
        const there = this.find(obstacle.meetingId);
        return there === undefined ? t.obstacle.tables : t.obstacle.table(this.pair(there));
      }
      case 'meeting': {
        const { companyId } = obstacle;
        const other = this.find(obstacle.meetingId);
        const otherId = other?.askerId === companyId ? other.askedId : (other?.askerId ?? '');
        const person = this.person(meeting, companyId);
        return t.obstacle.meeting(person, this.company(companyId), this.company(otherId));
      }
      case 'talk': {
        const person = this.person(meeting, obstacle.companyId);
        return t.obstacle.talk(person, this.company(obstacle.companyId), inLang(obstacle.title, lang));
      }
      case 'unavailable':
        return t.obstacle.unavailable(this.company(obstacle.companyId));
      case 'limit': {
        const most = this.board.guests.get(obstacle.companyId)?.maxMeetings ?? 0;
        return t.obstacle.limit(this.company(obstacle.companyId), most);
      }
      case 'away':
        return t.obstacle.away(this.company(obstacle.companyId));
    }
  }

  /** The same over several slots: which meeting is in the way differs from slot to slot. */
  obstacleInGeneral(meeting: Meeting, obstacle: Obstacle): string {
    if (obstacle.kind === 'table') return t.obstacle.tables;
    if (obstacle.kind !== 'meeting') return this.obstacle(meeting, obstacle);
    return t.obstacle.meetings(this.person(meeting, obstacle.companyId), this.company(obstacle.companyId));
  }

  state(meeting: Meeting, obstacles: readonly Obstacle[]): string {
    if (obstacles.length === 0) return t.ok;
    return obstacles.map((one) => this.obstacle(meeting, one)).join(lang === 'zh' ? '；' : '; ');
  }

  cell(place: Place): string {
    const there = meetingAt(this.board, place);
    const when = this.when(place.startMs);
    return there === null
      ? t.freeCell(when, place.tableNo)
      : t.takenCell(when, place.tableNo, t.status[there.status]);
  }

  private find(id: string): Meeting | undefined {
    return this.board.meetings.find((one) => one.id === id);
  }
}
