import { DockerfileParser, type Dockerfile, type Instruction } from 'dockerfile-ast';

/** One instruction of a Dockerfile: its word and what follows, lines joined. */
export interface Step {
  word: string;
  text: string;
}

export interface Stage {
  from: string;
  name: string | undefined;
  steps: Step[];
}

/** The stages of a Dockerfile, in order. */
export function stagesOf(text: string): Stage[] {
  const file: Dockerfile = DockerfileParser.parse(text);
  const stages: Stage[] = [];
  for (const instruction of file.getInstructions()) {
    const step = { word: instruction.getInstruction(), text: argumentsOf(instruction) };
    if (step.word !== 'FROM') stages.at(-1)?.steps.push(step);
    else {
      const [from = '', , name] = step.text.split(/\s+/);
      stages.push({ from, name, steps: [] });
    }
  }
  return stages;
}

/** With the flags, which the parser keeps apart. */
function argumentsOf(instruction: Instruction): string {
  return instruction
    .getTextContent()
    .replaceAll(/\\\n\s*/g, '')
    .replace(/^\w+\s+/, '');
}

export interface DockerRule {
  id: string;
  isGood: (stages: readonly Stage[]) => boolean;
}

const last = (stages: readonly Stage[], word: string) =>
  stages.at(-1)?.steps.findLast((step) => step.word === word)?.text ?? '';
const names = (stages: readonly Stage[]) => stages.map((stage) => stage.name);

export const dockerRules: readonly DockerRule[] = [
  { id: 'several-stages', isGood: (stages) => stages.length > 2 },
  {
    id: 'node-24-pinned',
    isGood: (stages) =>
      stages.every(
        ({ from }) =>
          names(stages).includes(from) || /^node:24\.\d+\.\d+-[a-z]+-slim(@sha256:\w+)?$/.test(from),
      ),
  },
  { id: 'not-root', isGood: (stages) => /^[1-9]\d{4,}:[1-9]\d{4,}$/.test(last(stages, 'USER')) },
  { id: 'signals-reach-node', isGood: (stages) => last(stages, 'ENTRYPOINT').startsWith('["node",') },
  {
    id: 'health',
    isGood: (stages) => /CMD \["node",.*"health", "live"\]$/.test(last(stages, 'HEALTHCHECK')),
  },
  {
    id: 'labels',
    isGood: (stages) =>
      ['title', 'version', 'revision', 'created', 'licenses'].every((name) =>
        last(stages, 'LABEL').includes(`org.opencontainers.image.${name}=`),
      ),
  },
  {
    id: 'nothing-is-built-in-it',
    isGood: (stages) =>
      stages
        .at(-1)
        ?.steps.every(
          ({ word, text }) => word !== 'RUN' || !/(^|[;&] *)(npm|npx|yarn|apt-get|apk) /.test(text),
        ) === true,
  },
  {
    id: 'no-build-tools',
    isGood: (stages) =>
      stages
        .at(-1)
        ?.steps.some(
          ({ word, text }) =>
            word === 'RUN' && ['npm', 'npx', 'corepack', 'yarn'].every((tool) => text.includes(`/${tool}`)),
        ) === true,
  },
  {
    id: 'no-install-scripts',
    isGood: (stages) =>
      stages
        .flatMap((stage) => stage.steps)
        .filter(({ text }) => text.startsWith('npm ci'))
        .every(({ text }) => text.includes('--ignore-scripts')),
  },
  {
    id: 'no-secrets',
    isGood: (stages) =>
      stages
        .flatMap((stage) => stage.steps)
        .every(
          ({ word, text }) => !['ENV', 'ARG'].includes(word) || !/key|secret|password|token/i.test(text),
        ),
  },
];
