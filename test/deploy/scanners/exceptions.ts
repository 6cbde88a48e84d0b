/** What a scanner says and what stays nevertheless, with the reason. Each has to be needed: one that is not fails its test. */
export interface Exception {
  scanner: 'kube-score';
  /** Matched against the check's id, the object and what was said of it. */
  matches: RegExp;
  reason: string;
}

export const exceptions: readonly Exception[] = [
  {
    scanner: 'kube-score',
    matches: /^container-image-pull-policy, .*\/waystop-dev\//,
    reason: 'The dev overlay runs an image that was loaded into the node by hand; no registry has it.',
  },
  {
    scanner: 'kube-score',
    matches: /^pod-probes-identical, .*\/gateway:/,
    reason:
      'A gateway is ready as soon as it accepts requests (ADR 10); its liveness probe is the more patient one. ' +
      'Its /health/ready asks all services, so as a probe one absent service would take out every gateway.',
  },
  {
    scanner: 'kube-score',
    matches: /^networkpolicy-targets-pod, .*\/database:/,
    reason:
      'The pods of the database are made by the operator of CloudNativePG, so no rendered object has them.',
  },
];
