import { instantOf } from '../../../../shared/local-time.js';

/** A stop as it is typed: dates on the clock of its zone, rooms a line each. */
export interface StopDraft {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly city: string;
  readonly venue: string;
  readonly address: string;
  readonly timeZone: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly capacity: string;
  readonly maxDelegates: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly isManual: boolean;
  readonly rooms: string;
}

export const emptyStop: StopDraft = {
  nameZh: '',
  nameEn: '',
  city: '',
  venue: '',
  address: '',
  timeZone: 'Asia/Shanghai',
  startsAt: '',
  endsAt: '',
  capacity: '200',
  maxDelegates: '10',
  opensAt: '',
  closesAt: '',
  isManual: false,
  rooms: '主会场 200',
};

/** The body of the request; what can't be read goes as it is, so that the API says what is wrong, at its field. */
export function stopBody(draft: StopDraft) {
  const instant = (local: string): string => instantOf(local, draft.timeZone) ?? local;
  return {
    name: localized(draft.nameZh, draft.nameEn),
    city: { code: draft.city },
    venue: {
      name: localized(draft.venue, ''),
      ...(draft.address.trim() === '' ? {} : { address: localized(draft.address, '') }),
    },
    timeZone: draft.timeZone.trim(),
    startsAt: instant(draft.startsAt),
    endsAt: instant(draft.endsAt),
    capacity: numberOf(draft.capacity),
    maxDelegatesPerCompany: numberOf(draft.maxDelegates),
    registration: {
      opensAt: instant(draft.opensAt),
      closesAt: instant(draft.closesAt),
      approval: draft.isManual ? 'manual' : 'automatic',
    },
    rooms: roomsOf(draft.rooms),
  };
}

/** Lines as `主会场 200`: a name, and its seats last. */
export function roomsOf(text: string) {
  return text
    .normalize('NFKC')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, name = line, seats = ''] = /^(.*?)[\s,:]+(\d+)\D*$/.exec(line) ?? [];
      return { name: { zh: name.trim() }, seats: numberOf(seats) };
    });
}

function localized(zh: string, en: string) {
  const text = (one: string) => (one.trim() === '' ? undefined : one.trim());
  return { zh: text(zh), en: text(en) };
}

function numberOf(text: string): number | string {
  const plain = text.normalize('NFKC').trim();
  return /^\d+$/.test(plain) ? Number(plain) : plain;
}
