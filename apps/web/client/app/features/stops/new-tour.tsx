import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { call, newIdempotencyKey } from '../../api/call.js';
import { Button, Field, Problem } from '../../ui/ui.js';
import { localized } from '../../form/localized.js';
import { t } from './words.js';

/** A tour needs a name; its stops are made one by one. */
export function NewTour() {
  const [zh, setZh] = useState('');
  const [en, setEn] = useState('');
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: () =>
      call('POST', '/tours', { body: { name: localized(zh, en) }, idempotencyKey: newIdempotencyKey() }),
    onSuccess: async () => {
      setZh('');
      setEn('');
      await client.invalidateQueries({ queryKey: ['stops'] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!make.isPending) make.mutate();
  };
  return (
    <details className="panel">
      <summary>{t.newTour}</summary>
      <form className="stack" onSubmit={submit} noValidate>
        <Field name="/name/zh" label={t.nameZh} value={zh} onChange={setZh} />
        <Field name="/name/en" label={t.nameEn} value={en} onChange={setEn} />
        <Problem error={make.error} />
        <p>
          <Button type="submit" isDisabled={make.isPending || `${zh}${en}`.trim() === ''}>
            {t.make}
          </Button>
        </p>
      </form>
    </details>
  );
}
