/** Numbers about the running program, in Prometheus' text format. Names start with `gangway_`; labels are words of the house, never people. */
export interface Metrics {
  /** Adds one to a counter. */
  count(name: string, labels?: Record<string, string>): void;
  /** Registers a number that is asked for at each scrape. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** The exposition text, version 0.0.4. */
  text(): Promise<string>;
}

export function metrics(): Metrics {
  const counters = new Map<string, Map<string, number>>();
  const gauges = new Map<string, { help: string; read: () => number | Promise<number> }>();
  const labelText = (labels: Record<string, string> = {}) => {
    const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value.replace(/[\\"\n]/g, '_')}"`);
    return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
  };
  return {
    count(name, labels) {
      const series = counters.get(name) ?? new Map<string, number>();
      const key = labelText(labels);
      series.set(key, (series.get(key) ?? 0) + 1);
      counters.set(name, series);
    },
    gauge(name, help, read) {
      gauges.set(name, { help, read });
    },
    async text() {
      const lines: string[] = [];
      for (const [name, series] of [...counters].sort()) {
        lines.push(`# TYPE gangway_${name}_total counter`);
        for (const [labels, value] of series) lines.push(`gangway_${name}_total${labels} ${value}`);
      }
      for (const [name, { help, read }] of gauges) {
        lines.push(
          `# HELP gangway_${name} ${help}`,
          `# TYPE gangway_${name} gauge`,
          `gangway_${name} ${await read()}`,
        );
      }
      return `${lines.join('\n')}\n`;
    },
  };
}
