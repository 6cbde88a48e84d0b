import { watch } from 'node:fs';

/** A build writes its files one after the other; it is over when none has come for this long. */
const QUIET_MS = 300;

/** Calls back after each build that wrote into the folder, for as long as this process lives. */
export function whenBuilt(folder: string, onBuilt: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  watch(folder, { recursive: true, persistent: false }, (_event, file) => {
    if (file?.endsWith('.js') !== true) return;
    clearTimeout(timer);
    timer = setTimeout(onBuilt, QUIET_MS);
  });
}
