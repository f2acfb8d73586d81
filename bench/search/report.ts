/** Tables in Markdown, and the values that have a limit, with the limit beside each. */

export interface Limit {
  at: '≤' | '≥';
  bound: number;
}

export class Report {
  /** Values that are not within their limit. */
  missed = 0;
  /** Whether there was enough to measure by. */
  isTelling = false;
  #limits: string[][] = [];

  section(title: string): void {
    this.#flush();
    console.log(`\n### ${title}\n`);
  }

  table(head: readonly string[], rows: readonly (readonly string[])[]): void {
    console.log(`| ${head.join(' | ')} |`);
    console.log(`|${head.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`);
    for (const row of rows) console.log(`| ${row.join(' | ')} |`);
    console.log('');
  }

  /** Notes a value for the list that ends the section. */
  hold(what: string, value: number, unit: string, limit: Limit | null): void {
    // As far as it is shown, so that what the reader sees is what was compared.
    const rounded = Number(shown(value));
    const isKept = limit === null || (limit.at === '≤' ? rounded <= limit.bound : rounded >= limit.bound);
    if (!isKept) this.missed += 1;
    const bound = limit === null ? '' : `${limit.at} ${limit.bound}${unit}`;
    this.#limits.push([what, `${shown(value)}${unit}`, bound, isKept ? '' : 'missed']);
  }

  end(): void {
    this.#flush();
  }

  #flush(): void {
    if (this.#limits.length > 0) this.table(['', 'measured', 'limit', ''], this.#limits);
    this.#limits = [];
  }
}

export function shown(value: number): string {
  const size = Math.abs(value);
  return size >= 100 ? value.toFixed(0) : size >= 2 ? value.toFixed(1) : value.toFixed(3);
}
