import { inLang } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import { Choice, FormEnd, Lines } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { Ask } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { useQueryClient } from '@tanstack/react-query';
import type { SuggestionShown } from './matching.queries.js';
import { t } from './words.js';

interface Props {
  readonly stopId: string;
  readonly suggestion: SuggestionShown;
  readonly onClose: () => void;
}

/** Asks a company to meet, with a word about what. */
export function AskDialog({ stopId, suggestion, onClose }: Props) {
  const client = useQueryClient();
  const { company, listings, yourListings } = suggestion;
  const form = useForm({
    name: `ask ${company.id} at ${stopId}`,
    empty: { listingId: '', message: '' },
    send: ({ listingId, message }, idempotencyKey) =>
      call('POST', `/stops/${stopId}/meetings`, {
        idempotencyKey,
        body: {
          companyId: company.id,
          ...(listingId === '' ? {} : { listingId }),
          ...(message.trim() === '' ? {} : { message: message.trim() }),
        },
      }),
    onDone: async () => {
      await client.invalidateQueries({ queryKey: ['meetings'] });
      onClose();
    },
  });
  const options = [
    ['', t.aboutNothing] as const,
    ...listings.map(({ id, side, title }) => [id, `${t.sideOfOther[side]}: ${inLang(title, lang)}`] as const),
    ...yourListings.map(({ id, side, title }) => [id, `${t.side[side]}: ${inLang(title, lang)}`] as const),
  ];
  return (
    <Ask title={t.askTitle(inLang(company.name, lang))} isOpen onClose={onClose}>
      <form className="stack" onSubmit={form.submit} noValidate>
        <Choice form={form} at="listingId" label={t.about} options={options} isRequired />
        <Lines form={form} at="message" label={t.message} hint={t.noContacts} isRequired />
        <FormEnd form={form} label={t.send} />
      </form>
    </Ask>
  );
}
