import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Choice, FormEnd, Line, Lines } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { call } from '../../api/call.js';
import { ConceptPicker } from './concept-picker.js';
import { bodyOf, draftOf, emptyDraft, faultsOf, patchOf, type ListingDraft } from './listing-draft.js';
import type { ListingShown } from './matching.queries.js';
import { t } from './words.js';

const sides = [
  ['offer', t.side.offer],
  ['need', t.side.need],
] as const;

/** Makes a listing of a tour, or changes one. A new one is published at once: that is what it is written for. */
export function ListingForm({ tourId, listing }: { tourId: string; listing?: ListingShown }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm<ListingDraft, ListingShown>({
    name: listing === undefined ? `listing of ${tourId}` : `listing ${listing.id}`,
    empty: listing === undefined ? emptyDraft : draftOf(listing),
    check: (draft) => faultsOf(draft, t),
    send: (draft, idempotencyKey) =>
      listing === undefined
        ? call('POST', `/tours/${tourId}/listings`, {
            body: { ...bodyOf(draft), publish: true },
            idempotencyKey,
          })
        : call('PATCH', `/listings/${listing.id}`, { body: patchOf(draft), version: listing.version }),
    onDone: async () => {
      for (const key of ['listings', 'listing', 'suggestions'])
        // The list that is shown next needs the new version at once.
        await client.invalidateQueries({ queryKey: [key], refetchType: 'all' });
      await navigate({ to: '/company/tours/$tourId/listings', params: { tourId } });
    },
    onStale: () => client.invalidateQueries({ queryKey: ['listing'] }),
  });
  return (
    <form className="stack narrow-form" onSubmit={form.submit} noValidate>
      <Choice form={form} at="side" label={t.filterSide} options={sides} isRequired />
      <p className="notice">{t.noContacts}</p>
      <div className="two">
        <Line form={form} at="titleZh" pointer="/title/zh" label={t.titleZh} />
        <Line form={form} at="titleEn" pointer="/title/en" label={t.titleEn} />
      </div>
      <div className="two">
        <Lines form={form} at="textZh" pointer="/text/zh" label={t.textZh} rows={5} />
        <Lines form={form} at="textEn" pointer="/text/en" label={t.textEn} rows={5} />
      </div>
      <ConceptPicker form={form} />
      <FormEnd form={form} label={listing === undefined ? t.saveAndPublish : t.save} />
    </form>
  );
}
