const shownMs = 2_000;

/** A button beside each address that one may want elsewhere; inside WeChat the way around is shown at once. */
export function startCopyButtons(): void {
  for (const code of document.querySelectorAll<HTMLElement>('[data-copy]')) addButton(code);
  if (!/MicroMessenger/i.test(navigator.userAgent)) return;
  for (const details of document.querySelectorAll<HTMLDetailsElement>('[data-wechat]')) details.open = true;
}

function addButton(code: HTMLElement): void {
  const { copy = '', copyLabel = '' } = code.dataset;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = copyLabel;
  button.addEventListener('click', () => {
    void navigator.clipboard?.writeText(code.textContent ?? '').then(() => {
      button.textContent = copy;
      setTimeout(() => (button.textContent = copyLabel), shownMs);
    });
  });
  code.after(' ', button);
}
