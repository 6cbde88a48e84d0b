import { writeCount } from './counted.js';

const everyMs = 20_000;

/** Keeps the seats of a stop current while somebody looks at them. */
export function startSeats(): void {
  const box = document.querySelector<HTMLElement>('[data-stop]');
  const big = box?.querySelector<HTMLElement>('.big');
  const meter = box?.querySelector('meter');
  if (!box || !big || !meter) return;
  const look = async (): Promise<void> => {
    if (document.hidden) return;
    const response = await fetch(`/v1/stops/${box.dataset['stop']}/availability`).catch(() => null);
    if (response?.ok !== true) return;
    const { left, capacity } = (await response.json()) as { left: number; capacity: number };
    writeCount(big, left);
    meter.value = capacity - left;
  };
  setInterval(() => void look(), everyMs);
  document.addEventListener('visibilitychange', () => void look());
}
