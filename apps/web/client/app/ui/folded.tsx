import { useState, type ReactNode } from 'react';

interface FoldedProps {
  readonly summary: string;
  readonly children: (close: () => void) => ReactNode;
}

/** What is made, and asked of the API, only once somebody opens it. */
export function Folded({ summary, children }: FoldedProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {isOpen ? children(() => setOpen(false)) : null}
    </details>
  );
}
