import type { Case } from '#contracts/ledger';
import { Line, Lines, Whole } from '../../form/fields.js';
import type { Form } from '../../form/use-form.js';
import { CompanyPicker } from './company-picker.js';
import { caseBody, caseDraft, emptyCase, type CaseDraft } from './drafts.js';
import type { EntryKind } from './entry-forms.js';
import { t } from './ledger-words.js';
import { missingFaults } from './missing-faults.js';

export const caseKind: EntryKind<Case, CaseDraft> = {
  noun: 'case',
  empty: emptyCase,
  draftOf: caseDraft,
  correctionOf: caseDraft,
  bodyOf: caseBody,
  faultsOf: (draft) => missingFaults(caseBody(draft)),
  Fields: CaseFields,
  words: { new: t.newCase, create: t.nominate, correct: t.correct, correctTitle: t.correctTitle },
};

function CaseFields({ form }: { form: Form<CaseDraft> }) {
  return (
    <>
      <div className="two">
        <Line form={form} at="titleZh" pointer="/title/zh" label={t.titleZh} />
        <Line form={form} at="titleEn" pointer="/title/en" label={t.titleEn} />
      </div>
      <Whole fault={form.fault('/title')} />
      <Line form={form} at="field" label={t.field} isRequired />
      <CompanyPicker
        legend={t.companies}
        chosen={form.values.companyIds}
        onChange={(companyIds) => form.set({ companyIds })}
        fault={form.fault('/companyIds')}
      />
      <div className="two">
        <Lines form={form} at="summaryZh" pointer="/summary/zh" label={t.summaryZh} rows={4} />
        <Lines form={form} at="summaryEn" pointer="/summary/en" label={t.summaryEn} rows={4} />
      </div>
      <Whole fault={form.fault('/summary')} />
    </>
  );
}
