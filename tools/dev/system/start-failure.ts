/** A start that can't go on for a reason that the reader can mend: what is wrong, and what to do about it. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';

  constructor(
    readonly what: string,
    readonly whatToDo: string,
  ) {
    super(`${what}\n  ${whatToDo}`);
  }
}

const KNOWN_CAUSES: readonly { sign: RegExp; whatToDo: string }[] = [
  {
    sign: /no space left on device|ENOSPC/i,
    whatToDo: 'The disk is full: free some space, or set DATA_DIR to a folder on another disk.',
  },
  {
    sign: /read-only file system|EROFS/i,
    whatToDo: 'The disk is read-only: set DATA_DIR to a folder that can be written.',
  },
  {
    sign: /permission denied|EACCES|EPERM|not permitted/i,
    whatToDo: 'A right is missing: see the path above, or set DATA_DIR to a folder of your own.',
  },
  {
    sign: /address already in use|EADDRINUSE/i,
    whatToDo: 'A port is taken by another program: start again, or set PORT if it is that one.',
  },
  {
    sign: /incompatible with server|was initialized by PostgreSQL version/i,
    whatToDo:
      'The data were written by another PostgreSQL version: dump them with that one, or set DATA_DIR to a new folder.',
  },
  {
    sign: /could not (create|map) (shared memory|anonymous shared memory)|out of memory|ENOMEM/i,
    whatToDo: 'Memory ran out: stop other programs and start again.',
  },
];

/** What to do about the first known cause that these last log lines or this error text show. */
export function adviceFor(text: string, otherwise: string): string {
  return KNOWN_CAUSES.find(({ sign }) => sign.test(text))?.whatToDo ?? otherwise;
}
