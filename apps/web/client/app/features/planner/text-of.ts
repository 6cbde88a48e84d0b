import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { shortDateOf, timeRange } from '../../../../shared/time.js';
import { lang } from '../../words/index.js';
import { t } from './planner-words.js';
import type { Obstacle } from './obstacles.js';
import { instantAt, minuteMs, type Place } from './place.js';

/** Sessions and places as people read them, on the clock of a stop. */
export class TextOf {
  private readonly isOneDay: boolean;

  constructor(
    private readonly stop: Stop,
    days: number,
  ) {
    this.isOneDay = days === 1;
  }

  readonly title = (session: Pick<Session, 'title'>): string => inLang(session.title, lang);

  readonly speakers = ({ speakers }: Session): string =>
    speakers.map(({ name }) => name).join(lang === 'zh' ? '、' : ', ');

  readonly room = (roomId: string): string =>
    inLang(this.stop.rooms.find(({ id }) => id === roomId)?.name ?? {}, lang);

  readonly times = (startMs: number, minutes: number): string =>
    timeRange(instantAt(startMs), instantAt(startMs + minutes * minuteMs), this.stop.timeZone);

  readonly day = (ms: number): string => shortDateOf(instantAt(ms), this.stop.timeZone, lang);

  /** The day is named where the stop has several. */
  readonly when = (startMs: number, minutes: number): string =>
    this.isOneDay ? this.times(startMs, minutes) : `${this.day(startMs)} ${this.times(startMs, minutes)}`;

  readonly place = (place: Place | null, minutes: number): string =>
    place === null
      ? t.nowhere
      : t.where(this.room(place.roomId), this.when(Date.parse(place.startsAt), minutes));

  /** `room taken: A; speaker busy: B`, or that it is free. */
  readonly state = (obstacles: readonly Obstacle[]): string => {
    if (obstacles.length === 0) return t.free;
    const codes = [...new Set(obstacles.map(({ code }) => code))];
    return codes
      .map((code) => {
        const titles = obstacles.filter((one) => one.code === code && one.title !== null);
        const named = [...new Set(titles.map(({ title }) => inLang(title ?? {}, lang)))];
        return t.because(t.blocked[code], named.join(lang === 'zh' ? '、' : ', '));
      })
      .join(lang === 'zh' ? '；' : '; ');
  };
}
