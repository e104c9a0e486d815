import type { Clock } from '#lib/clock.ts';
import type { Metrics } from './metrics.ts';

/** Numbers of a function, which lives for a moment and is never scraped. */
export type EmfMetrics = Metrics & {
  /** Writes what was counted since the last time. At the end of each invocation, or what was counted is lost. */
  flush(): void;
  /** Asks every gauge and writes what it says: once a minute, by one function for the house. */
  sample(): Promise<void>;
};

type Labels = Record<string, string>;

/** CloudWatch takes no empty value of a dimension and none that is longer. */
const longestLabel = 1024;
/** In one line. */
const mostMetrics = 100;

/**
 * Numbers as lines of JSON in CloudWatch's embedded metric format, from which it makes metrics without being called. One
 * line for each counter and its labels, which are the dimensions; all gauges in one, of the whole house and so without any.
 * Names are those of Prometheus, without `gangway_`, which is the namespace.
 */
export function emfMetrics(it: {
  write: (line: string) => void;
  clock: Clock;
  namespace?: string;
}): EmfMetrics {
  const { write, clock, namespace = 'Gangway' } = it;
  const counters = new Map<string, { name: string; labels: Labels; value: number }>();
  const gauges = new Map<string, { help: string; read: () => number | Promise<number> }>();

  const line = (labels: Labels, values: Readonly<Record<string, number>>, unit: 'Count' | 'None') => {
    const Metrics = Object.keys(values).map(Name => ({ Name, Unit: unit }));
    const directive = { Namespace: namespace, Dimensions: [Object.keys(labels)], Metrics };
    write(
      JSON.stringify({
        _aws: { Timestamp: clock.now(), CloudWatchMetrics: [directive] },
        ...labels,
        ...values,
      }),
    );
  };

  const count = (name: string, labels: Labels = {}) => {
    const told = Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, spoken(value)]));
    const key = JSON.stringify([name, told]);
    const counter = counters.get(key) ?? { name: `${name}_total`, labels: told, value: 0 };
    counters.set(key, { ...counter, value: counter.value + 1 });
  };

  const asked = () =>
    Promise.all(
      [...gauges].map(async ([name, { read }]) => {
        try {
          return [[name, await read()]] as const;
        } catch {
          // The others are told all the same; that this one could not be is a number too.
          count('gauges_unread', { gauge: name });
          return [];
        }
      }),
    );

  return {
    count,
    gauge(name, help, read) {
      gauges.set(name, { help, read });
    },
    flush() {
      for (const { name, labels, value } of counters.values()) line(labels, { [name]: value }, 'Count');
      counters.clear();
    },
    async sample() {
      const values = (await asked()).flat();
      for (let from = 0; from < values.length; from += mostMetrics)
        line({}, Object.fromEntries(values.slice(from, from + mostMetrics)), 'None');
    },
    /** What is true of the whole house whoever is asked; what was counted is in CloudWatch. */
    async text() {
      const values = new Map((await asked()).flat());
      const lines = [...gauges].flatMap(([name, { help }]) =>
        values.has(name)
          ? [
              `# HELP gangway_${name} ${help}`,
              `# TYPE gangway_${name} gauge`,
              `gangway_${name} ${values.get(name)}`,
            ]
          : [],
      );
      return `# Counters are in CloudWatch, namespace ${namespace}.\n${lines.map(each => `${each}\n`).join('')}`;
    },
  };
}

const spoken = (value: string) => value.slice(0, longestLabel) || 'none';
