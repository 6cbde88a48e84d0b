import type { Paper } from '#contracts/ledger';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import { FormEnd, Line, Lines, Whole } from '../../form/fields.js';
import { patchBetween } from '../../form/patch.js';
import { useForm, type Form } from '../../form/use-form.js';
import { Ask, Button } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { missingFaults, useRefresh } from './batch-forms.js';
import { emptyPaper, paperBody, paperDraft, type PaperDraft } from './drafts.js';
import { t } from './ledger-words.js';

/** Adds a publication. */
export function NewPaper({ stop }: { stop: Stop }) {
  const refresh = useRefresh();
  const form = useForm({
    name: `paper of ${stop.id}`,
    empty: emptyPaper,
    send: (draft, idempotencyKey) => create(stop, draft, idempotencyKey),
    check: faultsOf,
    onDone: () => {
      form.reset();
      return refresh();
    },
  });
  return (
    <details className="panel" open={form.isRestored ? true : undefined}>
      <summary>{t.newPaper}</summary>
      <form className="stack form" onSubmit={form.submit} noValidate>
        <PaperFields form={form} />
        <FormEnd form={form} label={t.add} />
      </form>
    </details>
  );
}

function create(stop: Stop, draft: PaperDraft, idempotencyKey: string, corrects?: string): Promise<Paper> {
  const body = { ...paperBody(draft), stopId: stop.id, ...(corrects === undefined ? {} : { corrects }) };
  return call<Paper>('POST', `/tours/${stop.tourId}/papers`, { body, idempotencyKey });
}

interface DialogProps {
  readonly stop: Stop;
  readonly of: Paper;
  /** A draft is changed; what was announced gets a new edition, which is a paper of its own. */
  readonly as: 'change' | 'edition';
  readonly onClose: () => void;
}

export function PaperDialog({ stop, of, as, onClose }: DialogProps) {
  const refresh = useRefresh();
  const name = inLang(of.title, lang);
  const form = useForm({
    name: `${as} of paper ${of.id}`,
    empty: as === 'edition' ? { ...paperDraft(of), edition: '' } : paperDraft(of),
    send: (draft, idempotencyKey) =>
      as === 'edition'
        ? create(stop, draft, idempotencyKey, of.id)
        : call<Paper>('PATCH', `/papers/${of.id}`, {
            body: patchBetween(paperBody(paperDraft(of)), paperBody(draft)),
            version: of.version,
          }),
    check: faultsOf,
    onDone: async () => {
      await refresh();
      onClose();
    },
    onStale: refresh,
  });
  return (
    <Ask title={as === 'edition' ? t.newEditionTitle(name) : name} isOpen onClose={onClose}>
      {as === 'edition' ? <p className="muted">{t.correctHint}</p> : null}
      <form className="stack" onSubmit={form.submit} noValidate>
        <PaperFields form={form} />
        <FormEnd form={form} label={as === 'edition' ? t.newEdition : t.save}>
          <Button look="plain" onPress={onClose}>
            {words.back}
          </Button>
        </FormEnd>
      </form>
    </Ask>
  );
}

function faultsOf(draft: PaperDraft): Map<string, string> {
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
        <Lines
          form={form}
          at="issuers"
          pointer="/issuers"
          label={t.issuers}
          hint={t.issuersHint}
          isRequired
        />
        <Lines form={form} at="authors" pointer="/authors" label={t.authors} hint={t.authorsHint} />
      </div>
      <div className="two">
        <Line form={form} at="edition" pointer="/edition" label={t.edition} hint={t.editionHint} isRequired />
        <Line form={form} at="url" pointer="/url" type="url" label={t.url} />
      </div>
    </>
  );
}
