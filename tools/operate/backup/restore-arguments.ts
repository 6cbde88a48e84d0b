import { parseArgs } from 'node:util';
import { CannotRun } from '../commands/command-error.js';

/** @throws CannotRun where the words are not `FOLDER [--replace]` */
export function restoreArguments(args: string[]): { folder: string; replace: boolean } {
  const wrong = new CannotRun(
    'Say from where: restore FOLDER, and --replace if the rows that are there may go.',
  );
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { replace: { type: 'boolean' } },
    });
    const [folder, ...more] = positionals;
    if (folder === undefined || more.length > 0) throw wrong;
    return { folder, replace: values.replace === true };
  } catch {
    throw wrong;
  }
}
