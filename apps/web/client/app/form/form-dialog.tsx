import type { ReactNode } from 'react';
import { Ask, Button } from '../ui/ui.js';
import { words } from '../words/index.js';
import { FormEnd } from './fields.js';
import type { Form } from './use-form.js';

interface Props<Values> {
  readonly form: Form<Values>;
  readonly title: string;
  readonly hint?: string | undefined;
  /** The words of the button that sends it. */
  readonly action: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form in a dialog over the page. */
export function FormDialog<Values>({ form, title, hint, action, onClose, children }: Props<Values>) {
  return (
    <Ask title={title} isOpen onClose={onClose}>
      {hint === undefined ? null : <p className="muted">{hint}</p>}
      <form className="stack" onSubmit={form.submit} noValidate>
        {children}
        <FormEnd form={form} label={action}>
          <Button look="plain" onPress={onClose}>
            {words.back}
          </Button>
        </FormEnd>
      </form>
    </Ask>
  );
}
