import type { Paper } from '#contracts/ledger';
import { Line, Lines, Whole } from '../../form/fields.js';
import type { Faults, Form } from '../../form/use-form.js';
import { emptyPaper, paperBody, paperDraft, type PaperDraft } from './drafts.js';
import type { EntryKind } from './entry-forms.js';
import { t } from './ledger-words.js';
import { missingFaults } from './missing-faults.js';

/** A paper is corrected by a new edition. */
export const paperKind: EntryKind<Paper, PaperDraft> = {
  noun: 'paper',
  empty: emptyPaper,
  draftOf: paperDraft,
  correctionOf: (paper) => ({ ...paperDraft(paper), edition: '' }),
  bodyOf: paperBody,
  faultsOf,
  Fields: PaperFields,
  words: { new: t.newPaper, create: t.add, correct: t.newEdition, correctTitle: t.newEditionTitle },
};

function faultsOf(draft: PaperDraft): Faults {
  const { title, issuers, edition } = paperBody(draft);
  return missingFaults({ title, issuers, edition });
}

function PaperFields({ form }: { form: Form<PaperDraft> }) {
  return (
    <>
      <div className="two">
        <Line form={form} at="titleZh" pointer="/title/zh" label={t.titleZh} />
        <Line form={form} at="titleEn" pointer="/title/en" label={t.titleEn} />
      </div>
      <Whole fault={form.fault('/title')} />
      <div className="two">
        <Lines form={form} at="issuers" label={t.issuers} hint={t.issuersHint} isRequired />
        <Lines form={form} at="authors" label={t.authors} hint={t.authorsHint} />
      </div>
      <div className="two">
        <Line form={form} at="edition" label={t.edition} hint={t.editionHint} isRequired />
        <Line form={form} at="url" type="url" label={t.url} />
      </div>
    </>
  );
}
