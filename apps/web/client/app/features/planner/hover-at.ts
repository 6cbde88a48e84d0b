import { minuteMs } from './place.js';
import { snapped } from './hours.js';
import type { Hover } from './target-store.js';
import type { Scene } from './view.js';

interface Pointer {
  readonly x: number;
  readonly y: number;
  readonly grabY: number;
}

interface Boxes {
  readonly list: HTMLElement | null;
  /** What scrolls the grid; its columns have `data-room`. */
  readonly box: HTMLElement | null;
}

/** What a pointer is over, with the start that the upper edge of its session would snap to. */
export function hoverAt(pointer: Pointer, { list, box }: Boxes, scene: Scene, timeZone: string): Hover {
  if (list !== null && isInside(pointer, list)) return 'list';
  if (box === null || !isInside(pointer, box)) return null;
  for (const column of box.querySelectorAll<HTMLElement>('[data-room]')) {
    const { left, right, top } = column.getBoundingClientRect();
    if (pointer.x < left || pointer.x >= right) continue;
    const minutes = (pointer.y - pointer.grabY - top) / scene.pixelsPerMinute;
    const startMs = snapped(scene.hours.fromMs + minutes * minuteMs, scene.step, timeZone);
    return { roomId: column.dataset['room'] ?? '', startMs: Math.max(scene.hours.fromMs, startMs) };
  }
  return null;
}

function isInside({ x, y }: Pointer, element: HTMLElement): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return x >= left && x < right && y >= top && y < bottom;
}
