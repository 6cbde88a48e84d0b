import { runToEnd } from '../../dev/system/run-to-end.js';
import { projectRoot } from '../../dev/system/project-root.js';

/** Without a release before this one, so many commits back stand for it. */
export const commitsBack = 20;

/** The revision that this one is upgraded from, and why it was taken. */
export interface Revision {
  readonly commit: string;
  readonly why: string;
}

/**
 * The revision that was named; else the newest commit whose package.json had another version, which is the last of the
 * release before; else, while there was no release, one some commits back.
 */
export async function earlierRevision(named: string | undefined): Promise<Revision> {
  if (named !== undefined) return { commit: await commitOf(named), why: 'as named' };
  const raising = await commitThatRaisedTheVersion();
  if (raising !== undefined)
    return { commit: await commitOf(`${raising}~1`), why: 'the last of the version before' };
  return {
    commit: await commitOf(`HEAD~${commitsBack}`),
    why: `${commitsBack} commits back, since there was one version only`,
  };
}

async function commitThatRaisedTheVersion(): Promise<string | undefined> {
  const commits = (await git('rev-list', 'HEAD', '--', 'package.json')).split('\n').filter(Boolean);
  const present = await versionAt('HEAD');
  for (const [index, commit] of commits.entries()) {
    if ((await versionAt(commit)) !== present) return commits[index - 1];
  }
  return undefined;
}

async function versionAt(revision: string): Promise<string> {
  return (JSON.parse(await git('show', `${revision}:package.json`)) as { version: string }).version;
}

/** @throws with advice where the clone does not reach so far */
async function commitOf(revision: string): Promise<string> {
  try {
    return (await git('rev-parse', '--verify', '--quiet', `${revision}^{commit}`)).trim();
  } catch {
    throw new Error(
      `There is no revision ${revision} here. A shallow clone gets its history by \`git fetch --unshallow\`.`,
    );
  }
}

function git(...args: string[]): Promise<string> {
  return runToEnd('git', args, { cwd: projectRoot });
}
