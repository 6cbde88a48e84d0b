/** Writes a count in the words that the page brought for one and for several: English has a form of its own for one. */
export function writeCount(place: HTMLElement, count: number): void {
  const { one = '', several = '' } = place.dataset;
  place.textContent = (count === 1 ? one : several).replace(/\d+/, String(count));
}
