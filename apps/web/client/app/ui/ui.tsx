import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Dialog,
  FieldError,
  Heading,
  Input,
  Label,
  Modal,
  ModalOverlay,
  Text,
  TextField,
  type ButtonProps as AriaButtonProps,
} from 'react-aria-components';
import { pathIn, splitPath } from '../../../shared/language.js';
import { ApiProblem } from '../api/call.js';
import { lang, words } from '../words/index.js';
import { problemWords } from '../words/problems.js';

interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style'> {
  readonly look?: 'main' | 'plain' | 'danger' | 'link';
}

export function Button({ look = 'main', ...rest }: ButtonProps): ReactNode {
  return <AriaButton {...rest} className={`button button-${look}`} />;
}

interface FieldProps {
  /** The pointer of the value in the request: faults of the API come to the field of this name. */
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string | undefined;
  readonly fault?: string | undefined;
  readonly isRequired?: boolean;
  readonly type?: 'text' | 'email' | 'tel' | 'password';
  readonly autoComplete?: string;
  readonly inputMode?: 'numeric' | 'email' | 'tel';
  /** A search is no part of a form, so it is not called optional either. */
  readonly isSearch?: boolean;
  /** For the one field of a dialog, so that typing can begin at once. */
  readonly autoFocus?: boolean;
}

/** One line of text with its label, hint and fault. */
export function Field({
  label,
  hint,
  fault,
  isSearch = false,
  type = 'text',
  ...rest
}: FieldProps): ReactNode {
  const { isRequired = false, autoComplete = 'off', inputMode, ...field } = rest;
  return (
    <TextField
      {...field}
      type={type}
      isRequired={isRequired}
      isInvalid={fault !== undefined}
      validationBehavior="aria"
      className="field"
      autoComplete={autoComplete}
      {...(inputMode === undefined ? {} : { inputMode })}
    >
      <Label className="field-label">
        {label}
        {isRequired || isSearch ? null : <span className="muted"> ({words.optional})</span>}
      </Label>
      <Input className="field-input" />
      {hint === undefined ? null : (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-fault">{fault}</FieldError>
    </TextField>
  );
}

export function Problem({ error }: { error: unknown }): ReactNode {
  if (error === null || error === undefined) return null;
  return (
    <p className="notice notice-bad" role="alert">
      {problemWords(error, lang)}{' '}
      {error instanceof ApiProblem && error.status === 401 ? <SignInAgain /> : null}
    </p>
  );
}

/** A sign-in that ended meanwhile: back here afterwards, where what was typed is kept. */
function SignInAgain(): ReactNode {
  if (splitPath(location.pathname).path === '/sign-in') return null;
  const next = encodeURIComponent(location.pathname + location.search);
  return <a href={`${pathIn(lang, '/sign-in')}?next=${next}`}>{words.signInAgain}</a>;
}

export function Loading(): ReactNode {
  return (
    <p className="muted" role="status">
      {words.loading}
    </p>
  );
}

/** What is asked of the API, until it is there; when it fails, why, and a way to ask again. */
export function Loaded<T>({
  query,
  children,
}: {
  query: { data: T | undefined; error: unknown; refetch: () => unknown };
  children: (data: T) => ReactNode;
}): ReactNode {
  if (query.data !== undefined) return children(query.data);
  if (query.error === null) return <Loading />;
  return (
    <>
      <Problem error={query.error} />
      <Button look="plain" onPress={() => void query.refetch()}>
        {words.retry}
      </Button>
    </>
  );
}

/** A list without entries is called empty once it is known to be. */
export function Nothing({ isKnown, words: text }: { isKnown: boolean; words: string }): ReactNode {
  return isKnown ? <p className="empty">{text}</p> : <Loading />;
}

export function StatusTag({ status }: { status: keyof typeof words.status }): ReactNode {
  return <span className={`tag tag-${status}`}>{words.status[status]}</span>;
}

interface AskProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog over the page; Escape and a press beside it close it. */
export function Ask({ title, isOpen, onClose, children }: AskProps): ReactNode {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable
      className="overlay"
    >
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title">{title}</Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
