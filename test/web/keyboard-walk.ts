import type { Page } from 'playwright-core';

/** What the Tab key came to. */
interface Stay {
  /** Its place in the document, counted over all elements; -1 for the document itself. */
  readonly at: number;
  readonly name: string;
  /** What is wrong with it: not in sight, without a ring, covered by something else. */
  readonly faults: readonly string[];
}

/** Lists of hundreds are not walked to their end. */
const maxStops = 150;
/** The parts of a date and its calendar are one element. */
const maxPressesOnOne = 10;

/** Runs in the page. */
const lookAtFocus = `(() => {
  const one = document.activeElement;
  if (one === null || one === document.body) return { at: -1, name: 'body', faults: [] };
  const faults = [];
  // What is drawn for a box that is itself invisible stands beside it in its label.
  const box = one.getBoundingClientRect();
  const inSight = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  if (!inSight) faults.push('is not in sight');
  const style = getComputedStyle(one);
  const clear = (colour) => /^rgba\\(.*, 0\\)$|transparent/.test(colour);
  const ring = (of) => of.outlineStyle !== 'none' && parseFloat(of.outlineWidth) >= 2 && !clear(of.outlineColor);
  if (!ring(style)) faults.push('has no ring');
  if (inSight) {
    const middle = (from, to, max) => (Math.max(0, from) + Math.min(max, to)) / 2;
    const top = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
    const covers = top !== null && !one.contains(top) && !top.contains(one) && !(top.closest('label')?.contains(one));
    if (covers) faults.push('is covered by ' + top.outerHTML.slice(0, 80));
  }
  return { at: [...document.querySelectorAll('*')].indexOf(one), name: one.outerHTML.slice(0, 120), faults };
})()`;

/** Runs in the page: what could be reached behind the element that has the focus. Of radio buttons one stands for all. */
const leftOut = `(() => {
  const one = document.activeElement;
  const reachable = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(
    (other) => other.tabIndex >= 0 && !other.disabled && other.type !== 'radio' && other.checkVisibility({ visibilityProperty: true }) && other.closest('[inert]') === null);
  return reachable.filter((other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING && !one.contains(other)).map((other) => other.outerHTML.slice(0, 120));
})()`;

/**
 * Walks through a screen by the Tab key alone. @returns what is wrong, a line each: a focus that is not seen or covered,
 * an order that is not the document's, an element that keeps the focus.
 */
export async function walkByTab(page: Page): Promise<string[]> {
  const wrong: string[] = [];
  await page.evaluate('(document.activeElement?.blur(), getSelection()?.removeAllRanges(), scrollTo(0, 0))');
  let before: Stay = { at: -1, name: 'the beginning', faults: [] };
  let first: number | undefined;
  let behind: readonly string[] = [];
  let presses = 0;
  for (let stops = 0; stops < maxStops;) {
    await page.keyboard.press('Tab');
    const stay = (await page.evaluate(lookAtFocus)) as Stay;
    if (stay.at === -1) {
      if (stops === 0) wrong.push('nothing can be reached');
      return wrong;
    }
    // A page without a window around it begins anew behind its last element.
    first ??= stay.at;
    if (stay.at === first && stops > 1) return [...wrong, ...behind.map((one) => `${one} is passed over`)];
    if (stay.at === before.at) {
      presses += 1;
      if (presses > maxPressesOnOne) return [...wrong, `${stay.name} keeps the focus`];
      continue;
    }
    if (stay.at < before.at) return [...wrong, `${stay.name} comes after ${before.name}`];
    wrong.push(...stay.faults.map((fault) => `${stay.name} ${fault}`));
    before = stay;
    behind = (await page.evaluate(leftOut)) as string[];
    presses = 0;
    stops += 1;
  }
  return wrong;
}
