import type { Case } from '#contracts/ledger';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import { FormEnd, Line, Lines, Whole } from '../../form/fields.js';
import { patchBetween } from '../../form/patch.js';
import { useForm, type Form } from '../../form/use-form.js';
import { Ask, Button } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { missingFaults, useRefresh } from './batch-forms.js';
import { CompanyPicker } from './company-picker.js';
import { caseBody, caseDraft, emptyCase, type CaseDraft } from './drafts.js';
import { t } from './ledger-words.js';

/** Nominates a case at a stop. */
export function NewCase({ stop }: { stop: Stop }) {
  const refresh = useRefresh();
  const form = useForm({
    name: `case of ${stop.id}`,
    empty: emptyCase,
    send: (draft, idempotencyKey) => nominate(stop, draft, idempotencyKey),
    check: (draft) => missingFaults(caseBody(draft)),
    onDone: () => {
      form.reset();
      return refresh();
    },
  });
  return (
    <details className="panel" open={form.isRestored ? true : undefined}>
      <summary>{t.newCase}</summary>
      <form className="stack form" onSubmit={form.submit} noValidate>
        <CaseFields form={form} />
        <FormEnd form={form} label={t.nominate} />
      </form>
    </details>
  );
}

function nominate(stop: Stop, draft: CaseDraft, idempotencyKey: string, corrects?: string): Promise<Case> {
  const body = { ...caseBody(draft), stopId: stop.id, ...(corrects === undefined ? {} : { corrects }) };
  return call<Case>('POST', `/tours/${stop.tourId}/cases`, { body, idempotencyKey });
}

interface DialogProps {
  readonly stop: Stop;
  readonly of: Case;
  /** A draft is changed; what was announced gets a correction, which is a case of its own. */
  readonly as: 'change' | 'correction';
  readonly onClose: () => void;
}

export function CaseDialog({ stop, of, as, onClose }: DialogProps) {
  const refresh = useRefresh();
  const name = inLang(of.title, lang);
  const form = useForm({
    name: `${as} of case ${of.id}`,
    empty: caseDraft(of),
    send: (draft, idempotencyKey) =>
      as === 'correction'
        ? nominate(stop, draft, idempotencyKey, of.id)
        : call<Case>('PATCH', `/cases/${of.id}`, {
            body: patchBetween(caseBody(caseDraft(of)), caseBody(draft)),
            version: of.version,
          }),
    check: (draft) => missingFaults(caseBody(draft)),
    onDone: async () => {
      await refresh();
      onClose();
    },
    onStale: refresh,
  });
  return (
    <Ask title={as === 'correction' ? t.correctTitle(name) : name} isOpen onClose={onClose}>
      {as === 'correction' ? <p className="muted">{t.correctHint}</p> : null}
      <form className="stack" onSubmit={form.submit} noValidate>
        <CaseFields form={form} />
        <FormEnd form={form} label={as === 'correction' ? t.correct : t.save}>
          <Button look="plain" onPress={onClose}>
            {words.back}
          </Button>
        </FormEnd>
      </form>
    </Ask>
  );
}

function CaseFields({ form }: { form: Form<CaseDraft> }) {
  return (
    <>
      <div className="two">
        <Line form={form} at="titleZh" pointer="/title/zh" label={t.titleZh} />
        <Line form={form} at="titleEn" pointer="/title/en" label={t.titleEn} />
      </div>
      <Whole fault={form.fault('/title')} />
      <Line form={form} at="field" pointer="/field" label={t.field} isRequired />
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
