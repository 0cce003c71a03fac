import { type Figure, type FigureName, figures, rows, type Verdict, verdictOf, worstOf } from './figures';
import { type Contestant, cpuTimesOf, type Samples, timesOf } from './rounds';
import { least, median, most, ratio } from './statistics';

type Cells = readonly string[];

/** All that a run finds out: tables as they come, and a value or a reason for each figure. */
export class Report {
  private readonly sections: string[] = [];
  private readonly values = new Map<FigureName, { of: string; value: number }[]>();
  private readonly reasons = new Map<FigureName, string>();

  /** A measured value of a figure; `of` says of what (`JSON`), if there are several. */
  measured(figure: FigureName, value: number, of = ''): void {
    this.values.set(figure, [...(this.values.get(figure) ?? []), { of, value }]);
  }

  /** Why a figure has no value. */
  missing(figure: FigureName, reason: string): void {
    this.reasons.set(figure, reason);
  }

  /** Prints a table of contestants at once and keeps it; `base` is what their times are compared to. */
  contest(title: string, contestants: readonly Contestant[], samples: Samples, base: string): void {
    const [baseTimes, baseCpu] = [timesOf(samples, base), cpuTimesOf(samples, base)];
    const cells = contestants.map(({ name, bytes }) => {
      const played = samples.get(name) ?? [];
      const [times, cpuTimes] = [timesOf(samples, name), cpuTimesOf(samples, name)];
      return [
        name,
        String(played.length),
        number(median(times)),
        `${number(least(times))} to ${number(most(times))}`,
        number(median(cpuTimes)),
        number(bytes / 1000 / median(times)),
        number(most(played.map(({ peakBytes }) => peakBytes)) / 1e6),
        number(ratio(times, baseTimes)),
        number(ratio(cpuTimes, baseCpu)),
      ];
    });
    this.table(
      title,
      ['', 'rounds', 'median ms', 'min to max', 'CPU ms', 'MB/s', 'peak MB', `× ${base}`, 'CPU ×'],
      cells,
    );
  }

  table(title: string, head: Cells, cells: readonly Cells[]): void {
    this.add(`### ${title}\n\n${markdownTable(head, cells)}`);
  }

  /** A question that has no answer. */
  failed(question: string, reason: string): void {
    this.add(`### ${question}: failed\n\n${reason}`);
  }

  /** One row for each row of the figures, whether measured or not. */
  verdicts(): { text: string; missed: number } {
    const judged = rows.map(row => {
      const parts = row.figures.map(name => ({ figure: figures[name] as Figure, ...this.judge(name) }));
      const verdict = worstOf(parts.flatMap(part => part.verdicts));
      const limits = (limit: 'must' | 'target') =>
        parts.map(({ figure }) => `${figure.better === 'less' ? '≤' : '≥'} ${figure[limit]}${figure.unit}`).join(' / ');
      return {
        verdict,
        cells: [row.title, limits('must'), limits('target'), parts.map(({ text }) => text).join('; '), verdict],
      };
    });
    const text = markdownTable(
      ['figure', 'must', 'target', 'measured', 'verdict'],
      judged.map(({ cells }) => cells),
    );
    return { text, missed: judged.filter(({ verdict }) => verdict === 'MISSED').length };
  }

  get text(): string {
    return this.sections.join('\n\n');
  }

  private judge(name: FigureName): { text: string; verdicts: Verdict[] } {
    const figure: Figure = figures[name];
    const values = this.values.get(name) ?? [];
    const label = figure.name === '' ? '' : `${figure.name}: `;
    if (values.length === 0) {
      return { text: `${label}${this.reasons.get(name) ?? 'not measured'}`, verdicts: ['not measured'] };
    }
    const text = values.map(({ of, value }) => `${of}${of === '' ? '' : ' '}${number(value)}${figure.unit}`).join(', ');
    return { text: label + text, verdicts: values.map(({ value }) => verdictOf(figure, value)) };
  }

  private add(text: string): void {
    console.log(`\n${text}`);
    this.sections.push(text);
  }
}

/** Three digits are more than such a measurement is good for; a dash where there is no value. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '—';
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

export function markdownTable(head: Cells, cells: readonly Cells[]): string {
  const widths = head.map((title, column) =>
    most([title, ...cells.map(row => row[column] ?? '')].map(text => text.length)),
  );
  const line = (row: Cells) => `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map(width => '-'.repeat(width))), ...cells.map(line)].join('\n');
}
