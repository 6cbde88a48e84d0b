/** A command that can't be run, with nothing changed; its message says why and what to do. */
export class CannotRun extends Error {}
