import type { Ref } from 'react';

/** What follows the pointer while something is dragged. */
export function DragGhost({ ref, title }: { ref: Ref<HTMLDivElement>; title: string }) {
  return (
    <div className="drag-ghost" ref={ref} aria-hidden="true">
      {title}
    </div>
  );
}
