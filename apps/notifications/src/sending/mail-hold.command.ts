import { WrongCommand, type DataSource } from '#service';

const usage = 'Usage: mail hold | release | status';

interface Counts {
  readonly held: boolean;
  /** Mails that are due now. */
  readonly waiting: number;
}

/**
 * The command `mail hold`: from the next mail on nothing is sent about stops, and what becomes due waits. Mails with
 * sign-in codes and invitations go on: they are of no use later. `mail release` sends what waits, the most urgent first.
 */
export async function holdMails(source: DataSource, args: readonly string[]): Promise<string> {
  const [action = '', ...rest] = args;
  if (rest.length > 0 || !['hold', 'release', 'status'].includes(action)) throw new WrongCommand(usage);
  if (action !== 'status')
    await source.query('UPDATE mail_state SET held = $1 WHERE held <> $1', [action === 'hold']);
  const [counts] = (await source.query(
    `SELECT held, (SELECT count(*)::integer FROM notices
                    WHERE state IN ('planned', 'deferred') AND due_at <= now()) AS waiting
       FROM mail_state`,
  )) as Counts[];
  if (counts === undefined) throw new Error('The tables of mails are empty: run the migrate command first.');
  return `${lineOf(counts)}\n`;
}

function lineOf({ held, waiting }: Counts): string {
  const due = `${waiting} ${waiting === 1 ? 'mail is' : 'mails are'} due`;
  return held ? `Mails are held; ${due} and ${waiting === 1 ? 'waits' : 'wait'}.` : `Mails are sent; ${due}.`;
}
