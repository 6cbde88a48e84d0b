import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.js';
import { Line, Whole } from '../../form/fields.js';
import { localized } from '../../form/localized.js';
import { NewPanel } from '../../form/new-panel.js';
import { useForm } from '../../form/use-form.js';
import { t } from './words.js';

/** A tour needs a name; its stops are made one by one. */
export function NewTour({ isFirst }: { isFirst: boolean }) {
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
    <NewPanel
      form={form}
      title={t.newTour}
      action={t.make}
      isDisabled={`${zh}${en}`.trim() === ''}
      isFirst={isFirst}
    >
      <div className="two">
        <Line form={form} at="zh" pointer="/name/zh" label={t.nameZh} isEither />
        <Line form={form} at="en" pointer="/name/en" label={t.nameEn} isEither />
      </div>
      <Whole fault={form.fault('/name')} />
    </NewPanel>
  );
}
