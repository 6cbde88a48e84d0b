import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiProblem, call, newIdempotencyKey } from '../../api/call.js';
import { Ask, Button, Field, Problem } from '../../ui/ui.js';
import { words } from '../../words/index.js';
import { emptyRow, personFields, type PersonField } from './paste.js';
import { faultWords } from './people-editor.js';
import { delegatesOf, pointerOf, rowFaults } from './row-faults.js';

interface Props {
  readonly title: string;
  readonly hint?: string;
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly version?: number;
  readonly onClose: () => void;
}

/** One person: added to a delegation, or in another's place. */
export function PersonDialog({ title, hint, method, path, version, onClose }: Props) {
  const [row, setRow] = useState(emptyRow);
  const [isShown, setShown] = useState(false);
  const [key] = useState(newIdempotencyKey);
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      call(method, path, {
        body: bodyOf(),
        ...(method === 'POST' ? { idempotencyKey: key } : {}),
        ...(version === undefined ? {} : { version }),
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['registration'] });
      onClose();
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.status === 412)
        void client.invalidateQueries({ queryKey: ['registration'] });
    },
  });
  /** In another's place nothing of the other may stay. */
  const bodyOf = () => {
    const [person] = delegatesOf([row]);
    return method === 'PATCH' ? { mobile: null, jobTitle: null, ...person } : person;
  };
  const found = faultWords(rowFaults([row]));
  const faultOf = (field: PersonField): string | undefined =>
    (isShown ? found.get(pointerOf(0, field)) : undefined) ?? refusal(save.error, field);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setShown(true);
    if (found.size === 0) save.mutate();
  };
  return (
    <Ask title={title} isOpen onClose={onClose}>
      {hint === undefined ? null : <p className="muted">{hint}</p>}
      <form className="stack" onSubmit={submit} noValidate>
        {personFields.map((field) => (
          <Field
            key={field}
            name={`/${field}`}
            label={words.register[field]}
            value={row[field]}
            onChange={(value) => setRow((now) => ({ ...now, [field]: value }))}
            fault={faultOf(field)}
            isRequired={field === 'name' || field === 'email'}
          />
        ))}
        <Problem error={save.error} />
        <p className="actions">
          <Button type="submit" isDisabled={save.isPending}>
            {words.registration.save}
          </Button>
          <Button look="plain" onPress={onClose}>
            {words.back}
          </Button>
        </p>
      </form>
    </Ask>
  );
}

function refusal(error: unknown, field: PersonField): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  return error.errors.find(({ pointer }) => pointer === `/${field}`)?.message;
}
