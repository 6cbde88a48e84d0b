import { queryOptions } from '@tanstack/react-query';
import { all } from '../../api/queries.js';

export interface Bot {
  readonly id: string;
  readonly kind: 'wecom' | 'dingtalk' | 'feishu';
  /** Masked: anybody with the whole address can write to the group. */
  readonly url: string;
  readonly types: readonly string[];
  readonly stopIds: readonly string[] | null;
  readonly language: 'zh' | 'en';
  readonly state: 'active' | 'disabled';
  readonly createdAt: string;
  readonly version: number;
}

export const bots = queryOptions({ queryKey: ['bots'], queryFn: () => all<Bot>('/bots') });
