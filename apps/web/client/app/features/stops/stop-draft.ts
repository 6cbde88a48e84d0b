import type { Stop } from '#contracts/stops';
import { instantOf, localOf } from '../../../../shared/local-time.js';
import type { Localized } from '../../../../shared/language.js';
import { localized } from '../../form/localized.js';

export interface RoomRow {
  /** Of a room that is there already. */
  readonly id?: string;
  readonly zh: string;
  readonly en: string;
  readonly seats: string;
}

export interface PartnerRow {
  readonly zh: string;
  readonly en: string;
  readonly role: string;
}

/** A stop as it is typed: dates on the clock of its zone. */
export interface StopDraft {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly city: string;
  readonly venueZh: string;
  readonly venueEn: string;
  readonly addressZh: string;
  readonly addressEn: string;
  readonly timeZone: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly capacity: string;
  readonly maxDelegates: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly changesUntil: string;
  readonly isManual: boolean;
  readonly hasWaitlist: boolean;
  readonly waitlistPolicy: string;
  readonly isVerifiedOnly: boolean;
  readonly descriptionZh: string;
  readonly descriptionEn: string;
  readonly travelZh: string;
  readonly travelEn: string;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly contactPhone: string;
  readonly rooms: readonly RoomRow[];
  readonly partners: readonly PartnerRow[];
}

export const emptyRoom: RoomRow = { zh: '', en: '', seats: '' };

export const emptyStop: StopDraft = {
  nameZh: '',
  nameEn: '',
  city: '',
  venueZh: '',
  venueEn: '',
  addressZh: '',
  addressEn: '',
  timeZone: 'Asia/Shanghai',
  startsAt: '',
  endsAt: '',
  capacity: '200',
  maxDelegates: '10',
  opensAt: '',
  closesAt: '',
  changesUntil: '',
  isManual: false,
  hasWaitlist: true,
  waitlistPolicy: 'strict',
  isVerifiedOnly: false,
  descriptionZh: '',
  descriptionEn: '',
  travelZh: '',
  travelEn: '',
  contactName: '',
  contactEmail: '',
  contactPhone: '',
  rooms: [{ zh: '主会场', en: '', seats: '200' }],
  partners: [],
};

/** The body of the request; what can't be read goes as it is, so that the API says what is wrong, at its field. */
export function stopBody(draft: StopDraft) {
  const instant = (local: string): string | undefined =>
    local === '' ? undefined : (instantOf(local, draft.timeZone) ?? local);
  return {
    name: localized(draft.nameZh, draft.nameEn) ?? {},
    city: { code: draft.city },
    venue: {
      name: localized(draft.venueZh, draft.venueEn) ?? {},
      address: localized(draft.addressZh, draft.addressEn),
    },
    timeZone: draft.timeZone.trim(),
    startsAt: instant(draft.startsAt),
    endsAt: instant(draft.endsAt),
    capacity: numberOf(draft.capacity),
    maxDelegatesPerCompany: numberOf(draft.maxDelegates),
    registration: {
      opensAt: instant(draft.opensAt),
      closesAt: instant(draft.closesAt),
      changesUntil: instant(draft.changesUntil),
      approval: draft.isManual ? 'manual' : 'automatic',
      waitlist: draft.hasWaitlist,
      waitlistPolicy: draft.waitlistPolicy,
      verifiedOnly: draft.isVerifiedOnly,
    },
    description: localized(draft.descriptionZh, draft.descriptionEn),
    travel: localized(draft.travelZh, draft.travelEn),
    contact: contactOf(draft),
    rooms: draft.rooms.map(({ id, zh, en, seats }) => ({
      ...(id === undefined ? {} : { id }),
      name: localized(zh, en) ?? {},
      seats: numberOf(seats),
    })),
    partners: draft.partners.map(({ zh, en, role }) => ({ name: localized(zh, en) ?? {}, role })),
  };
}

/** A stop that is there, as it would have been typed. */
export function draftOf(stop: Stop): StopDraft {
  const local = (instant: string): string => localOf(instant, stop.timeZone);
  const { registration, venue, contact } = stop;
  return {
    ...languages('name', stop.name),
    city: stop.city.code,
    ...languages('venue', venue.name),
    ...languages('address', venue.address),
    timeZone: stop.timeZone,
    startsAt: local(stop.startsAt),
    endsAt: local(stop.endsAt),
    capacity: String(stop.capacity),
    maxDelegates: String(stop.maxDelegatesPerCompany),
    opensAt: local(registration.opensAt),
    closesAt: local(registration.closesAt),
    changesUntil: local(registration.changesUntil),
    isManual: registration.approval === 'manual',
    hasWaitlist: registration.waitlist,
    waitlistPolicy: registration.waitlistPolicy,
    isVerifiedOnly: registration.verifiedOnly,
    ...languages('description', stop.description),
    ...languages('travel', stop.travel),
    contactName: contact?.name ?? '',
    contactEmail: contact?.email ?? '',
    contactPhone: contact?.phone ?? '',
    rooms: stop.rooms.map(({ id, name, seats }) => ({
      id,
      zh: name.zh ?? '',
      en: name.en ?? '',
      seats: String(seats),
    })),
    partners: stop.partners.map(({ name, role }) => ({ zh: name.zh ?? '', en: name.en ?? '', role })),
  };
}

/** A new stop like another one: all but its place and its dates, and with rooms of its own. */
export function copyOf(stop: Stop): StopDraft {
  const draft = draftOf(stop);
  return {
    ...draft,
    nameZh: '',
    nameEn: '',
    city: '',
    venueZh: '',
    venueEn: '',
    addressZh: '',
    addressEn: '',
    startsAt: '',
    endsAt: '',
    opensAt: '',
    closesAt: '',
    changesUntil: '',
    travelZh: '',
    travelEn: '',
    rooms: draft.rooms.map(({ zh, en, seats }) => ({ zh, en, seats })),
  };
}

type InLanguages<Name extends string> = { readonly [Key in `${Name}Zh` | `${Name}En`]: string };

function languages<Name extends string>(name: Name, text: Localized | null): InLanguages<Name> {
  return { [`${name}Zh`]: text?.zh ?? '', [`${name}En`]: text?.en ?? '' } as InLanguages<Name>;
}

function contactOf({ contactName, contactEmail, contactPhone }: StopDraft) {
  const text = (one: string) => (one.trim() === '' ? undefined : one.trim());
  const contact = { name: text(contactName), email: text(contactEmail), phone: text(contactPhone) };
  return Object.values(contact).every((one) => one === undefined) ? undefined : contact;
}

export function numberOf(text: string): number | string {
  const plain = text.normalize('NFKC').trim();
  return /^\d+$/.test(plain) ? Number(plain) : plain;
}
