import { connect } from 'node:net';
import { failed, passed, type Finding } from '#service';

/** Where clouds give out the credentials of the machine to whatever asks from it. */
const metadata = { host: '169.254.169.254', port: 80 };
const connectMs = 1_000;

/**
 * Whether the network keeps this process from where no message may go. The program refuses such addresses by itself; this
 * is the wall behind it, and only a cloud needs it.
 */
export async function egressFindings(target: { host: string; port: number } = metadata): Promise<Finding[]> {
  if (!(await answers(target))) return [passed('egress', 'the cloud’s metadata service is out of reach')];
  return [
    failed(
      'egress',
      'the cloud’s metadata service can be reached from here',
      'Forbid it by a network policy (k8s/base/notifications.yaml has one) or a firewall.',
    ),
  ];
}

function answers({ host, port }: { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: connectMs });
    const end = (does: boolean) => {
      socket.destroy();
      resolve(does);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
