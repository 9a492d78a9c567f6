export type Labels = Readonly<Record<string, string>>;

interface Family {
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly lines: string[];
}

const escapeLabel = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

/** Gathers samples and writes them family by family (Prometheus text format 0.0.4). */
export class MetricsText {
  readonly #families = new Map<string, Family>();

  gauge(name: string, help: string, value: number, labels: Labels = {}): void {
    this.#add(name, { type: 'gauge', help }, value, labels);
  }

  counter(name: string, help: string, value: number, labels: Labels = {}): void {
    this.#add(name, { type: 'counter', help }, value, labels);
  }

  toString(): string {
    const parts: string[] = [];
    for (const [name, { type, help, lines }] of this.#families) {
      parts.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines);
    }
    return `${parts.join('\n')}\n`;
  }

  #add(name: string, family: Omit<Family, 'lines'>, value: number, labels: Labels): void {
    let known = this.#families.get(name);
    if (known === undefined) {
      known = { ...family, lines: [] };
      this.#families.set(name, known);
    }
    const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escapeLabel(text)}"`);
    known.lines.push(`${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`);
  }
}
