import { cpus, loadavg } from 'node:os';
import { bench } from './bench.js';
import { readOptions, usage, WrongOption, type BenchOptions } from './options.js';
import { Run } from './parts/run.js';
import { Report } from './report.js';

/** `npm run bench`. @returns the exit code: 1 where a bound is missed */
export async function main(args: string[]): Promise<number> {
  let options: BenchOptions;
  try {
    options = readOptions(args);
  } catch (error) {
    if (!(error instanceof WrongOption)) throw error;
    console.error(`${error.message}\n\n${usage()}`);
    return 2;
  }
  const report = new Report((line) => console.log(line));
  console.log(machine());
  await bench(new Run(options, report));
  console.log(`\n${report.table()}\n\nLoad at the end: ${loads()}`);
  return report.missed === 0 ? 0 : 1;
}

function machine(): string {
  const [first] = cpus();
  const at = new Date().toISOString().slice(0, 16).replace('T', ' ');
  return `${at} UTC, ${cpus().length} × ${first?.model ?? 'unknown CPU'}, Node ${process.versions.node}, load at the start: ${loads()}`;
}

function loads(): string {
  return loadavg()
    .map((one) => one.toFixed(1))
    .join(' ');
}
