import { useQuery } from '@tanstack/react-query';
import { stopTitle } from '../../../../shared/stop-title.js';
import { stops } from '../../api/queries.js';
import { Choice } from '../../form/fields.js';
import type { Faults, Form } from '../../form/use-form.js';
import { lang, words, wordsOf } from '../../words/index.js';

const t = wordsOf({
  zh: { role: '身份', organizer: '主办方', staff: '现场（一站）', stop: '哪一站' },
  en: { role: 'Role', organizer: 'Organizer', staff: 'Door staff (one stop)', stop: 'Stop' },
});

/** What an organizer gives a member or a key: its own role, or the door of one stop. */
interface RoleDraft {
  readonly role: string;
  readonly stopId: string;
}

export function RoleFields({ form }: { form: Form<RoleDraft> }) {
  const known = useQuery(stops);
  const options = known.data?.flatMap((one) => one.stops) ?? [];
  return (
    <>
      <Choice
        form={form}
        at="role"
        label={t.role}
        isRequired
        options={[
          ['organizer', t.organizer],
          ['staff', t.staff],
        ]}
      />
      {form.values.role === 'staff' ? (
        <Choice
          form={form}
          at="stopId"
          label={t.stop}
          isRequired
          options={[
            ['', ''],
            ...options.map((stop): [string, string] => [stop.id, stopTitle(stop, lang).text]),
          ]}
        />
      ) : null}
    </>
  );
}

export const roleBody = ({ role, stopId }: RoleDraft) => (role === 'staff' ? { role, stopId } : { role });

export const roleFaults = ({ role, stopId }: RoleDraft): Faults =>
  new Map(role === 'staff' && stopId === '' ? [['/stopId', words.faults.missing]] : []);
