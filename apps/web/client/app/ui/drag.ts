/** How pointers drag things: by mouse after some pixels, by finger after it has rested. */
export interface DragOptions {
  /** Elements with this attribute can be dragged; its value is their id. */
  readonly attribute: `data-${string}`;
  /** @returns whether this one can be lifted */
  readonly onLift: (id: string) => boolean;
  /** @param grabY how far below the upper edge of the element the pointer holds it */
  readonly onMove: (x: number, y: number, grabY: number) => void;
  readonly onDrop: () => void;
  readonly onCancel: () => void;
  /** What scrolls when the pointer comes near its edge. */
  readonly scroller: () => HTMLElement | null;
}

interface Held {
  readonly id: string;
  readonly pointerId: number;
  readonly startX: number;
  readonly startY: number;
  readonly grabY: number;
  readonly isTouch: boolean;
  x: number;
  y: number;
  isLifted: boolean;
}

const [mouseSlackPx, touchSlackPx] = [5, 10];
const restMs = 200;
const [edgePx, scrollPx] = [48, 14];

/** Lets elements below `root` be dragged. @returns what ends it */
export function letDrag(root: HTMLElement, options: DragOptions): () => void {
  const drag = new Drag(options);
  const down = (event: PointerEvent): void => drag.press(event);
  // A press that ended a drag is no press on the element.
  const click = (event: Event): void => {
    if (!drag.hasJustEnded()) return;
    event.stopPropagation();
    event.preventDefault();
  };
  root.addEventListener('pointerdown', down);
  root.addEventListener('click', click, true);
  return () => {
    root.removeEventListener('pointerdown', down);
    root.removeEventListener('click', click, true);
    drag.end('cancel');
  };
}

class Drag {
  private held: Held | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private frame = 0;
  private endedAtMs = -Infinity;

  constructor(private readonly options: DragOptions) {}

  hasJustEnded(): boolean {
    return performance.now() - this.endedAtMs < 50;
  }

  press(event: PointerEvent): void {
    const { attribute } = this.options;
    const element = event.target instanceof Element ? event.target.closest(`[${attribute}]`) : null;
    const id = element?.getAttribute(attribute);
    if (this.held !== null || event.button !== 0 || !event.isPrimary || !element || !id) return;
    const { clientX: x, clientY: y, pointerId, pointerType } = event;
    const grabY = y - element.getBoundingClientRect().top;
    const isTouch = pointerType !== 'mouse';
    this.held = { id, pointerId, startX: x, startY: y, grabY, isTouch, x, y, isLifted: false };
    if (isTouch) this.timer = setTimeout(() => this.lift(), restMs);
    this.listen('addEventListener');
  }

  end(how: 'drop' | 'cancel'): void {
    const held = this.held;
    if (held === null) return;
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    this.listen('removeEventListener');
    this.held = null;
    if (!held.isLifted) return;
    this.endedAtMs = performance.now();
    if (how === 'drop') this.options.onDrop();
    else this.options.onCancel();
  }

  private readonly move = (event: PointerEvent): void => {
    const held = this.held;
    if (held === null || event.pointerId !== held.pointerId) return;
    held.x = event.clientX;
    held.y = event.clientY;
    if (!held.isLifted) {
      const movedPx = Math.hypot(held.x - held.startX, held.y - held.startY);
      if (movedPx < (held.isTouch ? touchSlackPx : mouseSlackPx)) return;
      // A finger that moves before it has rested scrolls.
      if (held.isTouch) return this.end('cancel');
      this.lift();
    }
    this.report();
  };

  private readonly up = (event: PointerEvent): void => {
    if (event.pointerId === this.held?.pointerId) this.end('drop');
  };

  private readonly cancel = (): void => this.end('cancel');

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.held?.isLifted !== true) return;
    event.stopPropagation();
    this.end('cancel');
  };

  /** While something is held, the page neither scrolls nor opens the menu of a long press. */
  private readonly still = (event: Event): void => {
    if (this.held?.isLifted === true || event.type === 'contextmenu') event.preventDefault();
  };

  private lift(): void {
    const held = this.held;
    if (held === null) return;
    if (!this.options.onLift(held.id)) return this.end('cancel');
    held.isLifted = true;
    this.report();
    this.frame = requestAnimationFrame(this.scroll);
  }

  private report(): void {
    if (this.held?.isLifted === true) this.options.onMove(this.held.x, this.held.y, this.held.grabY);
  }

  private readonly scroll = (): void => {
    const [held, box] = [this.held, this.options.scroller()];
    if (held === null) return;
    if (box !== null) {
      const { left, right, top, bottom } = box.getBoundingClientRect();
      const byX = towardsEdge(held.x, left, right);
      const byY = towardsEdge(held.y, top, bottom);
      if (byX !== 0 || byY !== 0) {
        box.scrollBy(byX, byY);
        this.report();
      }
    }
    this.frame = requestAnimationFrame(this.scroll);
  };

  private listen(change: 'addEventListener' | 'removeEventListener'): void {
    document[change]('pointermove', this.move as EventListener);
    document[change]('pointerup', this.up as EventListener);
    document[change]('pointercancel', this.cancel);
    document[change]('keydown', this.key as EventListener, true);
    document[change]('contextmenu', this.still);
    document[change]('touchmove', this.still, { passive: false });
  }
}

function towardsEdge(at: number, from: number, to: number): number {
  if (at < from || at > to) return 0;
  if (at < from + edgePx) return -scrollPx;
  return at > to - edgePx ? scrollPx : 0;
}
