import type { BatchMember, MembershipBatch } from '#contracts/ledger';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import { Choice, Line, Whole } from '../../form/fields.js';
import { FormDialog } from '../../form/form-dialog.js';
import { NewPanel } from '../../form/new-panel.js';
import { patchBetween } from '../../form/patch.js';
import { useForm, type Faults, type Form } from '../../form/use-form.js';
import { lang } from '../../words/index.js';
import { CompanyPicker } from './company-picker.js';
import {
  batchBody,
  batchDraft,
  emptyBatch,
  emptyMember,
  memberBody,
  memberDraft,
  type BatchDraft,
  type MemberDraft,
} from './drafts.js';
import { useRefresh } from './ledger.queries.js';
import { t } from './ledger-words.js';
import { missingFaults } from './missing-faults.js';

/** Begins a batch of members. */
export function NewBatch({ stop }: { stop: Stop }) {
  const refresh = useRefresh();
  const form = useForm({
    name: `batch of ${stop.id}`,
    empty: emptyBatch,
    send: (draft, idempotencyKey) =>
      call<MembershipBatch>('POST', `/tours/${stop.tourId}/membership-batches`, {
        body: { ...batchBody(draft), stopId: stop.id },
        idempotencyKey,
      }),
    check: (draft) => missingFaults(batchBody(draft)),
    onDone: () => {
      form.reset();
      return refresh();
    },
  });
  return (
    <NewPanel form={form} title={t.newBatch} action={t.create}>
      <BatchFields form={form} />
    </NewPanel>
  );
}

/** Changes the alliance or the series of a draft. */
export function EditBatch({ batch, onClose }: { batch: MembershipBatch; onClose: () => void }) {
  const refresh = useRefresh();
  const form = useForm({
    name: `batch ${batch.id}`,
    empty: batchDraft(batch),
    send: (draft) =>
      call<MembershipBatch>('PATCH', `/membership-batches/${batch.id}`, {
        body: patchBetween(batchBody(batchDraft(batch)), batchBody(draft)),
        version: batch.version,
      }),
    check: (draft) => missingFaults(batchBody(draft)),
    onDone: async () => {
      await refresh();
      onClose();
    },
    onStale: refresh,
  });
  return (
    <FormDialog form={form} title={t.edit} action={t.save} onClose={onClose}>
      <BatchFields form={form} />
    </FormDialog>
  );
}

function BatchFields({ form }: { form: Form<BatchDraft> }) {
  return (
    <>
      <div className="two">
        <Line form={form} at="allianceZh" pointer="/alliance/zh" label={t.allianceZh} />
        <Line form={form} at="allianceEn" pointer="/alliance/en" label={t.allianceEn} />
      </div>
      <Whole fault={form.fault('/alliance')} />
      <Line form={form} at="series" label={t.series} hint={t.seriesHint} isRequired />
    </>
  );
}

/** Adds one member to a draft. */
export function AddMember({ batch }: { batch: MembershipBatch }) {
  const refresh = useRefresh();
  const form = useForm({
    name: `member of ${batch.id}`,
    empty: emptyMember,
    send: (draft, idempotencyKey) =>
      call<BatchMember>('POST', `/membership-batches/${batch.id}/members`, {
        body: memberBody(draft),
        idempotencyKey,
      }),
    check: memberFaults,
    onDone: () => {
      form.reset();
      return refresh();
    },
  });
  return (
    <NewPanel form={form} title={t.addMember} action={t.add}>
      <MemberFields form={form} />
    </NewPanel>
  );
}

interface CorrectProps {
  readonly stop: Stop;
  readonly of: MembershipBatch;
  readonly member: BatchMember;
  /** The draft of the same series that takes the correction; a new one begins where there is none. */
  readonly draft: MembershipBatch | undefined;
  readonly onClose: () => void;
}

/** A new entry that names the announced one; it stands in a batch that is still a draft. */
export function CorrectMember({ stop, of, member, draft, onClose }: CorrectProps) {
  const refresh = useRefresh();
  const form = useForm({
    name: `correction of ${member.id}`,
    empty: memberDraft(member),
    send: async (entry, idempotencyKey) => {
      const batch =
        draft ??
        (await call<MembershipBatch>('POST', `/tours/${stop.tourId}/membership-batches`, {
          body: { alliance: of.alliance, series: of.series, stopId: stop.id },
          idempotencyKey: `${idempotencyKey} batch`.replaceAll(' ', '-'),
        }));
      return call<BatchMember>('POST', `/membership-batches/${batch.id}/members`, {
        body: memberBody(entry, member.id),
        idempotencyKey,
      });
    },
    check: memberFaults,
    onDone: async () => {
      await refresh();
      onClose();
    },
  });
  return (
    <FormDialog
      form={form}
      title={t.correctTitle(inLang(member.name, lang))}
      hint={t.correctMemberHint}
      action={t.correct}
      onClose={onClose}
    >
      <MemberFields form={form} />
    </FormDialog>
  );
}

function memberFaults(draft: MemberDraft): Faults {
  const { companyId, name, category } = { companyId: '-', name: '-', ...memberBody(draft) };
  return missingFaults({ companyId, name, category });
}

function MemberFields({ form }: { form: Form<MemberDraft> }) {
  return (
    <>
      <Choice
        form={form}
        at="who"
        label={t.who}
        isRequired
        options={[
          ['company', t.whoCompany],
          ['name', t.whoName],
        ]}
      />
      {form.values.who === 'company' ? (
        <CompanyPicker
          legend={t.company}
          isSingle
          chosen={form.values.companyIds}
          onChange={(companyIds) => form.set({ companyIds })}
          fault={form.fault('/companyId')}
        />
      ) : (
        <>
          <div className="two">
            <Line form={form} at="nameZh" pointer="/name/zh" label={t.nameZh} />
            <Line form={form} at="nameEn" pointer="/name/en" label={t.nameEn} />
          </div>
          <Whole fault={form.fault('/name')} />
        </>
      )}
      <Line form={form} at="category" label={t.category} hint={t.categoryHint} isRequired />
    </>
  );
}
