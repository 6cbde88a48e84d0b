import type { OutsideTool } from './versions.js';

export const toolsFolder: string;
export function pathOf(tool: OutsideTool): string;
export function findTool(name: string): string | undefined;
