import { Choice, FormEnd, Labelled, LanguageChoice, Line, Lines, Whole } from '../../form/fields.js';
import type { Form } from '../../form/use-form.js';
import { Button } from '../../ui/ui.js';
import { emptySpeaker, type ProposalDraft, type SpeakerRow } from './proposal-draft.js';
import { t } from './words.js';

interface Props {
  readonly form: Form<ProposalDraft>;
  readonly label: string;
  readonly isSame?: boolean;
}

export function ProposalForm({ form, label, isSame = false }: Props) {
  return (
    <form className="stack form" onSubmit={form.submit} noValidate>
      <div className="two">
        <Line form={form} at="titleZh" pointer="/title/zh" label={t.titleZh} isEither />
        <Line form={form} at="titleEn" pointer="/title/en" label={t.titleEn} isEither />
      </div>
      <Whole fault={form.fault('/title')} />
      <div className="two">
        <Choice form={form} at="kind" label={t.kind} isRequired options={Object.entries(t.kinds)} />
        <Line form={form} at="minutes" pointer="/durationMinutes" label={t.minutes} isRequired />
        <Line form={form} at="track" label={t.track} />
        <LanguageChoice form={form} at="language" label={t.language} none={t.languageNone} />
      </div>
      <Lines form={form} at="abstractZh" pointer="/abstract/zh" label={t.abstractZh} rows={5} />
      <Lines form={form} at="abstractEn" pointer="/abstract/en" label={t.abstractEn} rows={5} />
      <Speakers form={form} />
      <FormEnd form={form} label={label} isDisabled={isSame}>
        {isSame ? <span className="muted">{t.nothing}</span> : null}
      </FormEnd>
    </form>
  );
}

const fields = ['name', 'email', 'organization', 'jobTitle'] as const;

function Speakers({ form }: { form: Form<ProposalDraft> }) {
  const { speakers } = form.values;
  const change = (at: number, changed: Partial<SpeakerRow>): void =>
    form.set({ speakers: speakers.map((row, index) => (index === at ? { ...row, ...changed } : row)) });
  return (
    <>
      <h2>{t.speakers}</h2>
      {speakers.map((row, at) => (
        <fieldset key={at} className="row-fields">
          <legend>{t.speaker(at + 1)}</legend>
          {fields.map((field) => (
            <Labelled
              key={field}
              label={t[field]}
              fault={form.fault(`/speakers/${at}/${field}`)}
              isRequired={field === 'name' || field === 'email'}
            >
              {(described) => (
                <input
                  {...described}
                  className="field-input"
                  type={field === 'email' ? 'email' : 'text'}
                  autoComplete="off"
                  value={row[field]}
                  onChange={(event) => change(at, { [field]: event.target.value })}
                />
              )}
            </Labelled>
          ))}
          {speakers.length > 1 ? (
            <Button
              look="link"
              aria-label={t.removeSpeaker(at + 1)}
              onPress={() => form.set({ speakers: speakers.filter((_, index) => index !== at) })}
            >
              ✕
            </Button>
          ) : null}
        </fieldset>
      ))}
      <p className="muted">{t.emailHint}</p>
      <p>
        <Button look="plain" onPress={() => form.set({ speakers: [...speakers, emptySpeaker] })}>
          {t.addSpeaker}
        </Button>
      </p>
    </>
  );
}
