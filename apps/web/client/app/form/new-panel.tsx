import type { ReactNode } from 'react';
import { FormEnd } from './fields.js';
import type { Form } from './use-form.js';

interface Props<Values> {
  readonly form: Form<Values>;
  readonly title: string;
  /** The words of the button. */
  readonly action: string;
  readonly isDisabled?: boolean;
  /** Nothing of the kind is there yet, so that this is what comes next. */
  readonly isFirst?: boolean;
  readonly children: ReactNode;
}

/** The form of a new thing, folded until it is wanted; open where it still holds what was typed before a reload. */
export function NewPanel<Values>(props: Props<Values>) {
  const { form, title, action, isDisabled = false, isFirst = false, children } = props;
  return (
    <details className="panel" open={form.isRestored || isFirst ? true : undefined}>
      <summary>{title}</summary>
      <form className="stack form" onSubmit={form.submit} noValidate>
        {children}
        <FormEnd form={form} label={action} isDisabled={isDisabled} />
      </form>
    </details>
  );
}
