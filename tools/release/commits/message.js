export const TYPES = 'build chore ci docs feat fix perf refactor revert style test'.split(' ');
export const MAX_SUBJECT_CHARACTERS = 72;

const subjectShape = new RegExp(
  `^(?:${TYPES.join('|')})(?:\\([a-z0-9-]+(?:,[a-z0-9-]+)*\\))?!?: (?<summary>\\S.*)$`,
);

/** What is wrong with a commit's message by https://www.conventionalcommits.org/en/v1.0.0/; nothing for a good one. */
export function faultsOf(message) {
  const [subject = '', second = ''] = message.split('\n');
  if (/^(?:Merge|Revert) /.test(subject)) return [];
  const match = subjectShape.exec(subject);
  const faults = [];
  if (!match) faults.push(`the subject is not "type(scope): summary" with a type of ${TYPES.join(', ')}`);
  if (match?.groups.summary.endsWith('.')) faults.push('the subject ends with a full stop');
  if ([...subject].length > MAX_SUBJECT_CHARACTERS)
    faults.push(`the subject is longer than ${MAX_SUBJECT_CHARACTERS} characters`);
  if (second.trim() !== '') faults.push('the second line is not empty');
  return faults;
}
