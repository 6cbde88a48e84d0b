import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.js';
import { FormEnd, Line, Whole } from '../../form/fields.js';
import { localized } from '../../form/localized.js';
import { useForm } from '../../form/use-form.js';
import { t } from './words.js';

/** A tour needs a name; its stops are made one by one. */
export function NewTour() {
  const client = useQueryClient();
  const form = useForm({
    name: 'new tour',
    empty: { zh: '', en: '' },
    send: ({ zh, en }, idempotencyKey) =>
      call('POST', '/tours', { body: { name: localized(zh, en) }, idempotencyKey }),
    onDone: () => {
      form.reset();
      return client.invalidateQueries({ queryKey: ['stops'] });
    },
  });
  const { zh, en } = form.values;
  return (
    <details className="panel" open={form.isRestored ? true : undefined}>
      <summary>{t.newTour}</summary>
      <form className="stack form" onSubmit={form.submit} noValidate>
        <div className="two">
          <Line form={form} at="zh" pointer="/name/zh" label={t.nameZh} isEither />
          <Line form={form} at="en" pointer="/name/en" label={t.nameEn} isEither />
        </div>
        <Whole fault={form.fault('/name')} />
        <FormEnd form={form} label={t.make} isDisabled={`${zh}${en}`.trim() === ''} />
      </form>
    </details>
  );
}
