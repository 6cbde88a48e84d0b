import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { newIdempotencyKey } from '../api/call.js';
import { words } from '../words/index.js';
import { Ask, Button, Problem } from './ui.js';

interface ActOptions<Answer, Given> {
  readonly run: (given: Given, idempotencyKey: string) => Promise<Answer>;
  /** The first words of the queries that are asked again, also after a refusal. */
  readonly refresh: readonly string[];
  readonly onDone?: (answer: Answer) => unknown;
}

/** One action of a button. A double click has one effect: the second one comes while the first is under way. */
export function useAct<Answer = unknown, Given = void>({ run, refresh, onDone }: ActOptions<Answer, Given>) {
  const client = useQueryClient();
  const isRunning = useRef(false);
  const acting = useMutation({
    mutationFn: (given: Given) => run(given, newIdempotencyKey()),
    onSuccess: (answer) => onDone?.(answer),
    onSettled: () => {
      isRunning.current = false;
      return Promise.all(refresh.map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
  const act = (given: Given): void => {
    if (isRunning.current) return;
    isRunning.current = true;
    acting.mutate(given);
  };
  return { act, isBusy: acting.isPending, error: acting.error, data: acting.data, reset: acting.reset };
}

interface SureProps {
  readonly title: string;
  readonly hint?: string;
  readonly action: string;
  readonly look?: 'main' | 'danger';
  readonly run: (idempotencyKey: string) => Promise<unknown>;
  readonly refresh: readonly string[];
  readonly isDisabled?: boolean;
  readonly onClose: () => void;
  readonly onDone?: () => unknown;
  readonly children?: ReactNode;
}

/** Asks before what can't be undone. */
export function Sure(props: SureProps) {
  const {
    title,
    hint,
    action,
    look = 'danger',
    run,
    refresh,
    isDisabled = false,
    onClose,
    onDone,
    children,
  } = props;
  const doing = useAct({
    run: (_: void, key) => run(key),
    refresh,
    onDone: () => {
      onDone?.();
      onClose();
    },
  });
  return (
    <Ask title={title} isOpen onClose={onClose}>
      {hint === undefined ? null : <p>{hint}</p>}
      {children}
      <Problem error={doing.error} />
      <p className="actions">
        <Button look={look} isDisabled={doing.isBusy || isDisabled} onPress={() => doing.act()}>
          {action}
        </Button>
        <Button look="plain" onPress={onClose}>
          {words.registration.keep}
        </Button>
      </p>
    </Ask>
  );
}

interface AskFirstProps extends Omit<SureProps, 'onClose' | 'children'> {
  readonly button: string;
  /** What the button says to those who don't see its row. */
  readonly label?: string;
}

/** A button that asks before it acts. */
export function AskFirst({ button, label, ...sure }: AskFirstProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        look={sure.look === 'main' ? 'plain' : 'danger'}
        {...(label === undefined ? {} : { 'aria-label': label })}
        onPress={() => setOpen(true)}
      >
        {button}
      </Button>
      {isOpen ? <Sure {...sure} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
