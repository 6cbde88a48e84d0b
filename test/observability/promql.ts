import { parser } from '@prometheus-io/lezer-promql';
import type { SyntaxNode } from '@lezer/common';

export interface Matcher {
  label: string;
  operator: string;
  value: string;
}

/** What a PromQL expression asks for. */
export interface Query {
  /** Whether Prometheus' own grammar refuses it. */
  isBroken: boolean;
  selectors: { metric: string; matchers: Matcher[] }[];
  /** The labels by which results are grouped. */
  grouping: string[];
}

/** Reads an expression by the grammar of Prometheus' own editor. Variables of Grafana are filled in first. */
export function readQuery(expression: string): Query {
  const text = expression
    .replaceAll('$__rate_interval', '5m')
    .replaceAll('$namespace', '.*')
    .replaceAll('$__all', '.*');
  const query: Query = { isBroken: false, selectors: [], grouping: [] };
  parser.parse(text).iterate({
    enter: ({ node, type, name }) => {
      if (type.isError) query.isBroken = true;
      if (name === 'VectorSelector') query.selectors.push(selectorOf(node, text));
      if (name === 'GroupingLabels') query.grouping.push(...textsOf(node, 'LabelName', text));
    },
  });
  return query;
}

function selectorOf(node: SyntaxNode, text: string): Query['selectors'][number] {
  const matchers = node
    .getChild('LabelMatchers')
    ?.getChildren('UnquotedLabelMatcher')
    .map((matcher) => ({
      label: textsOf(matcher, 'LabelName', text)[0] ?? '',
      operator: textsOf(matcher, 'MatchOp', text)[0] ?? '',
      value: (textsOf(matcher, 'StringLiteral', text)[0] ?? '').slice(1, -1),
    }));
  return { metric: textsOf(node, 'Identifier', text)[0] ?? '', matchers: matchers ?? [] };
}

function textsOf(node: SyntaxNode, name: string, text: string): string[] {
  return node.getChildren(name).map((child) => text.slice(child.from, child.to));
}
