const everyMs = 30_000;

/** Marks what is on now, and leads there. */
export function startNow(): void {
  const link = document.querySelector<HTMLAnchorElement>('[data-now]');
  if (link === null) return;
  const look = (): void => {
    const nowMs = Date.now();
    let first: HTMLElement | undefined;
    for (const item of document.querySelectorAll<HTMLElement>('.session')) {
      const { from = '', to = '' } = item.dataset;
      const isOn = Date.parse(from) <= nowMs && nowMs < Date.parse(to);
      item.classList.toggle('is-on', isOn);
      if (isOn) first ??= item;
    }
    link.hidden = first === undefined;
    if (first !== undefined) link.hash = first.id;
  };
  look();
  setInterval(look, everyMs);
}
