import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.js';
import { Line } from '../../form/fields.js';
import { FormDialog } from '../../form/form-dialog.js';
import { useForm } from '../../form/use-form.js';
import { words } from '../../words/index.js';
import { emptyRow, personFields, type PersonRow } from './paste.js';
import { delegatesOf, pointerOf, rowFaults } from './row-faults.js';

interface Props {
  readonly title: string;
  readonly hint?: string;
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly version?: number;
  readonly onClose: () => void;
}

const types = { name: 'text', email: 'email', mobile: 'tel', jobTitle: 'text' } as const;

/** One person: added to a delegation, or in another's place. */
export function PersonDialog({ title, hint, method, path, version, onClose }: Props) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['registration'] });
  const form = useForm({
    name: `person ${path}`,
    empty: emptyRow,
    send: (row, idempotencyKey) =>
      call(method, path, {
        body: bodyOf(method, row),
        ...(method === 'POST' ? { idempotencyKey } : {}),
        ...(version === undefined ? {} : { version }),
      }),
    check: faultsOf,
    onDone: async () => {
      await refresh();
      onClose();
    },
    onStale: refresh,
  });
  return (
    <FormDialog form={form} title={title} hint={hint} action={words.registration.save} onClose={onClose}>
      {personFields.map((field) => (
        <Line
          key={field}
          form={form}
          at={field}
          pointer={`/${field}`}
          type={types[field]}
          label={words.register[field]}
          isRequired={field === 'name' || field === 'email'}
        />
      ))}
    </FormDialog>
  );
}

/** In another's place nothing of the other may stay. */
function bodyOf(method: Props['method'], row: PersonRow) {
  const [person] = delegatesOf([row]);
  return method === 'PATCH' ? { mobile: null, jobTitle: null, ...person } : person;
}

function faultsOf(row: PersonRow): Map<string, string> {
  const found = rowFaults([row]);
  return new Map(
    personFields.flatMap((field) => {
      const fault = found.get(pointerOf(0, field));
      return fault === undefined ? [] : [[`/${field}`, words.faults[fault]] as const];
    }),
  );
}
