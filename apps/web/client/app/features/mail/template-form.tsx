import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { FormEnd, Line, Lines } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { AskFirst, useAct } from '../../ui/act.js';
import { Button, Problem } from '../../ui/ui.js';
import { words } from '../../words/index.js';
import { t } from './words.js';

export interface MailTemplate {
  readonly kind: string;
  readonly language: 'zh' | 'en';
  readonly subject: string;
  readonly text: string;
  readonly placeholders: readonly string[];
  readonly isDefault: boolean;
}

/** The words of one mail in one language, seen as a mail before they are saved. */
export function TemplateForm({ template }: { template: MailTemplate }) {
  const { kind, language, subject, text, placeholders, isDefault } = template;
  const client = useQueryClient();
  const [isSaved, setSaved] = useState(false);
  const path = `/mail/templates/${kind}/${language}`;
  const form = useForm({
    name: `template ${kind} ${language}`,
    empty: { subject, text },
    send: (body) => call('PUT', path, { body }),
    onDone: () => {
      setSaved(true);
      return client.invalidateQueries({ queryKey: ['mail-templates'] });
    },
  });
  const preview = useAct({
    run: (_: void, idempotencyKey) =>
      call<{ subject: string; text: string }>('POST', `${path}/preview`, {
        body: form.values,
        idempotencyKey,
      }),
    refresh: [],
  });
  return (
    <form className="stack form" onSubmit={form.submit} noValidate>
      <Line form={form} at="subject" label={t.subject} isRequired />
      <Lines
        form={form}
        at="text"
        label={t.text}
        rows={8}
        isRequired
        hint={t.placeholders(placeholders.map((name) => `{${name}}`).join(' '))}
      />
      {preview.data === undefined ? null : (
        <div className="letter" role="status">
          <strong>{preview.data.subject}</strong>
          {'\n\n'}
          {preview.data.text}
        </div>
      )}
      <Problem error={preview.error} />
      {isSaved && form.error === null ? (
        <p className="notice notice-good" role="status">
          {words.saved}
        </p>
      ) : null}
      <FormEnd form={form} label={t.save}>
        <Button look="plain" isDisabled={preview.isBusy} onPress={() => preview.act()}>
          {t.preview}
        </Button>
        {isDefault ? null : (
          <AskFirst
            button={t.reset}
            title={t.resetTitle}
            hint={t.resetHint}
            action={t.reset}
            run={() => call('DELETE', path)}
            refresh={['mail-templates']}
            onDone={form.reset}
          />
        )}
      </FormEnd>
    </form>
  );
}
