/** A network of its own for a process, as root on Linux, in which packets can be dropped without a word. */
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';

export interface Network {
  /** Runs what follows it in the network. */
  command: string[];
  /** The process's address, for the test. */
  host: string;
  /** The test's address, for the process. */
  outside: string;
  /** Drops what open connections to a port of the test say, both ways; new ones work. Returns how many. */
  dropConnections(port: number): number;
  remove(): void;
}

/** `iptables` names no more of them in one rule. */
const PORTS_A_RULE = 15;

const run = (command: string): string => {
  const [file = '', ...args] = command.split(' ');
  return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
};

/** @throws where it cannot be made: not as root, or without `iproute2` and `iptables` */
export function createNetwork(): Network {
  const id = randomInt(1, 250);
  const name = `tracker${id}`;
  const [outside, host] = [`10.213.${id}.1`, `10.213.${id}.2`];
  const inside = `ip netns exec ${name}`;
  run(`ip netns add ${name}`);
  try {
    run(`ip link add ${name}a type veth peer name ${name}b netns ${name}`);
    run(`ip addr add ${outside}/30 dev ${name}a`);
    run(`ip link set ${name}a up`);
    run(`${inside} ip addr add ${host}/30 dev ${name}b`);
    run(`${inside} ip link set ${name}b up`);
    run(`${inside} ip link set lo up`);
    run(`${inside} iptables -L`);
  } catch (error) {
    run(`ip netns del ${name}`);
    throw error;
  }
  return {
    command: inside.split(' '),
    host,
    outside,
    dropConnections(port) {
      const lines = run(`${inside} ss -Htn dst ${outside}:${port}`).trim().split('\n');
      const ports = lines.flatMap(line => /:(\d+) +\S+:\d+/.exec(line)?.[1] ?? []);
      for (let from = 0; from < ports.length; from += PORTS_A_RULE) {
        const some = ports.slice(from, from + PORTS_A_RULE).join(',');
        run(`${inside} iptables -A OUTPUT -p tcp --dport ${port} -m multiport --sports ${some} -j DROP`);
        run(`${inside} iptables -A INPUT -p tcp --sport ${port} -m multiport --dports ${some} -j DROP`);
      }
      return ports.length;
    },
    // Takes its ends of links and its rules with it.
    remove: () => void run(`ip netns del ${name}`),
  };
}

/** Why it cannot be made here; undefined where it can. */
export function whyNoNetwork(): string | undefined {
  try {
    createNetwork().remove();
    return undefined;
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
}
