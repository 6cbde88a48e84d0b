import highsModule from 'highs';
import { UNPLACED, type CompiledProblem } from './meeting-problem.js';
import { meetingModel, type MeetingModel } from './meeting-model.js';

export interface ExactResult {
  /** The best schedule that was found: the slot by meeting. */
  readonly slotOf: Int32Array;
  /** A value that no schedule exceeds; whole, since weights and points are. */
  readonly bound: number;
  readonly endedBy: 'proof' | 'nodes' | 'time';
}

export interface ExactLimits {
  readonly seconds: number;
  /** Nodes of the search tree; what they find does not depend on the speed of the machine. */
  readonly nodes: number;
  readonly seed: number;
}

// The package's types describe its CommonJS form; its ES module exports the loader itself.
const loadHighs = highsModule as unknown as typeof highsModule.default;
type Highs = Awaited<ReturnType<typeof loadHighs>>;

/** How far HiGHS may be off a whole number. */
const TOLERANCE = 1e-6;
const LARGEST_SEED = 2_147_483_647;

/**
 * Searches with HiGHS, a solver for mixed-integer programs, from a schedule that is known. It blocks its thread for up
 * to `seconds`: run it in a worker.
 * @returns null where it found nothing to say, for instance because time ended it at once
 */
export async function searchExactly(
  problem: CompiledProblem,
  start: ArrayLike<number>,
  limits: ExactLimits,
): Promise<ExactResult | null> {
  const highs = await loadHighs();
  const model = meetingModel(problem);
  if (model.columns.length === 0) return { slotOf: Int32Array.from(start), bound: 0, endedBy: 'proof' };
  return highs.withModel(modelData(highs, problem, model), (solver): ExactResult | null => {
    solver.options.set({
      output_flag: false,
      random_seed: limits.seed % LARGEST_SEED,
      time_limit: limits.seconds,
      mip_max_nodes: limits.nodes,
      mip_rel_gap: 0,
      // Weights are whole numbers, so a difference below one is none.
      mip_abs_gap: 0.999,
    });
    solver.setSolution({
      colValue: model.columns.map(({ meeting, slot }) => (start[meeting] === slot ? 1 : 0)),
    });
    solver.run();
    const bound = solver.info.get('mip_dual_bound');
    if (typeof bound !== 'number' || !Number.isFinite(bound)) return null;
    const status = solver.getModelStatus();
    const { optimal, timeLimit } = highs.constants.modelStatus;
    return {
      slotOf: slotsOf(problem, model, solver.getSolution().colValue),
      bound: Math.floor(bound + TOLERANCE),
      endedBy: status === optimal ? 'proof' : status === timeLimit ? 'time' : 'nodes',
    };
  });
}

function modelData(highs: Highs, problem: CompiledProblem, { columns, rows }: MeetingModel) {
  const ones = columns.map(() => 1);
  const starts = [0];
  for (const { members } of rows) starts.push((starts.at(-1) ?? 0) + members.length);
  const indices = rows.flatMap(({ members }) => members);
  return {
    numCols: columns.length,
    numRows: rows.length,
    sense: highs.constants.objectiveSense.maximize,
    colCost: columns.map(({ worth }) => worth),
    colLower: columns.map(({ meeting }) => problem.locked[meeting] ?? 0),
    colUpper: ones,
    rowLower: rows.map(() => -highs.infinity),
    rowUpper: rows.map(({ most }) => most),
    integrality: columns.map(() => highs.constants.variableType.integer),
    matrix: {
      format: 'csr' as const,
      numRows: rows.length,
      numCols: columns.length,
      starts,
      indices,
      values: indices.map(() => 1),
    },
  };
}

function slotsOf(problem: CompiledProblem, { columns }: MeetingModel, values: Float64Array): Int32Array {
  const slotOf = new Int32Array(problem.count).fill(UNPLACED);
  columns.forEach(({ meeting, slot }, column) => {
    if ((values[column] ?? 0) > 0.5) slotOf[meeting] = slot;
  });
  return slotOf;
}
