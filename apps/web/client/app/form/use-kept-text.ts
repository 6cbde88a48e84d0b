import { useState } from 'react';
import { forget, keep, readKept } from './kept.js';
import { useKeptName } from './use-kept-name.js';

/** One text beside a form, such as a reason or a note: kept in the tab until it was sent. */
export function useKeptText(name: string): [text: string, set: (text: string) => void, forget: () => void] {
  const key = useKeptName(name);
  const [text, setText] = useState(() => readKept(key, { text: '' })?.values.text ?? '');
  const set = (next: string): void => {
    setText(next);
    if (next === '') forget(key);
    else keep(key, { values: { text: next }, idempotencyKey: '' });
  };
  return [text, set, () => set('')];
}
