import type { Ref } from 'react';

/** What follows the pointer while a session is dragged. */
export function DragGhost({ ref, title }: { ref: Ref<HTMLDivElement>; title: string }) {
  return (
    <div className="plan-ghost" ref={ref} aria-hidden="true">
      {title}
    </div>
  );
}
