import { Email, readText } from '#contracts';
import type { RawPerson } from '../schedule-file/raw-schedule.js';
import { keptMembers, type Members } from '../schedule-file/members.js';
import { asUuid, personKey } from '../schedule-file/source-identity.js';

export type ImportedSpeaker = {
  name: string;
  email: string | null;
  /** Who it is where there is no e-mail address: see `speakerKey`. */
  personKey: string | null;
  sourcePersonId: number | null;
  sourcePersonGuid: string | null;
  /** What the file says of the person besides: code, biography and the like. */
  more: Members;
  /** How the file writes the name; both absent in entries of earlier versions. */
  writtenName?: string | null;
  hasName?: boolean;
};

const maxName = 200;

/** The speakers of an entry, each once; a person without a name is nobody that could be shown. */
export function speakersOf(persons: readonly RawPerson[], scope: string): ImportedSpeaker[] {
  const speakers = persons.flatMap((person) => {
    const name = speakerName(person);
    return name === null ? [] : [speakerOf(person, name, scope)];
  });
  const keys = speakers.map((speaker) => speaker.email ?? speaker.personKey);
  return speakers.filter((_, index) => keys.indexOf(keys[index] ?? null) === index);
}

/** As much of a name as a speaker can have; null for one that shows nothing. */
export function speakerName({ name }: Pick<RawPerson, 'name'>): string | null {
  const text = [...(name ?? '')].slice(0, maxName).join('').trim();
  const read = readText(text, { minLength: 1, maxLength: maxName, isOneLine: true });
  return 'fault' in read ? null : text;
}

function speakerOf(person: RawPerson, name: string, scope: string): ImportedSpeaker {
  const email = Email.safeParse(person.email ?? '');
  const id = /^[1-9]\d{0,14}$/u.test(person.id ?? '') ? Number(person.id) : null;
  return {
    name,
    email: email.success ? email.data : null,
    personKey: email.success ? null : personKey(person, scope),
    sourcePersonId: id,
    sourcePersonGuid: asUuid(person.guid),
    more: keptMembers(person.more, new Set()).members,
    writtenName: person.writtenName,
    hasName: person.hasName,
  };
}
