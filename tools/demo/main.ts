import { dataDirProblem } from '../dev/system/data-dir.js';
import { parseSettings, type Settings } from '../dev/system/settings.js';
import { StartFailure } from '../dev/system/start-failure.js';
import { runDemo } from './demo.js';
import { findSystem, type FoundSystem } from './find-system.js';
import { DemoFailure } from './public-api.js';

/** Mails wait a minute for what may follow, and some seconds for their turn. */
const mailPatienceMs = 90_000;

const say = (line: string): void => console.log(line);

/** `npm run demo`: returns the exit code. */
export async function main(): Promise<number> {
  const settings = checkedSettings();
  if (settings === null) return 1;
  let system: FoundSystem | null = null;
  try {
    system = await findSystem(settings, say);
    await runDemo(system, say, { pageUrl: system.mailPageUrl, patienceMs: mailPatienceMs });
    say(whereToLook(system));
    return 0;
  } catch (error) {
    report(error);
    return 1;
  } finally {
    await system?.leave();
  }
}

function checkedSettings(): Settings | null {
  const parsed = parseSettings(process.env);
  const wrong = 'wrong' in parsed ? parsed.wrong : [dataDirProblem(parsed.settings.dataDir)];
  const lines = wrong.filter((line) => line !== null);
  if (lines.length === 0 && 'settings' in parsed) return parsed.settings;
  console.error(`The demo can't start:\n${lines.map((line) => `  ${line}`).join('\n')}`);
  return null;
}

function whereToLook({ url, startedHere }: FoundSystem): string {
  return startedHere
    ? '\nThe demo stops its system now, and the caught mails go with it. The data stay: `npm start` shows them, and a second demo finds them.'
    : `\nThe API is described in ${url}/docs. Run the demo again and it finds what is there.`;
}

function report(error: unknown): void {
  if (error instanceof StartFailure)
    console.error(`The demo can't start. ${error.what}\n  ${error.whatToDo}`);
  else if (error instanceof DemoFailure) console.error(`\nThe demo can't go on. ${error.message}`);
  else console.error("\nThe demo can't go on:", error);
}
