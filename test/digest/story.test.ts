import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArticle } from '../../src/articles/format.ts';
import { parseMarkdown } from '../../src/articles/markdown.ts';
import { createReportReader, type Report } from '../../src/digest/report.ts';
import {
  MAX_STORY_REPORTS,
  STORY_DAYS,
  chooseStory,
  marksOf,
  nearest,
  type Neighbour,
} from '../../src/digest/story.ts';
import { aReport, THEFT, type Written } from './reports.ts';

const FRESH = (): ReadonlySet<number> => new Set();

function neighbour(report: Report, fields: Partial<Neighbour> = {}): Neighbour {
  return { story: 1, storyDay: report.day, storySize: 1, report, ...fields };
}

describe('the story of an article', () => {
  const report = aReport(THEFT);

  it('is that of a report of the same event, and otherwise its own', () => {
    expect(chooseStory(report, [neighbour(report)], FRESH)).toBe(1);
    const other = aReport({
      title: 'Rét đậm tràn về vùng núi',
      body: 'Nhiệt độ giảm sâu trong đêm. '.repeat(20),
    });
    expect(chooseStory(report, [neighbour(other)], FRESH)).toBeNull();
    expect(chooseStory(report, [], FRESH)).toBeNull();
  });

  it('is the one with the likest report, the older one of two that are alike', () => {
    const [first = '', second = ''] = THEFT.body.split('\n\n');
    const part = aReport({ ...THEFT, title: 'Mất trống đồng', body: `${first}\n\n${second}` });
    const whole = neighbour(aReport(THEFT), { story: 7 });
    expect(chooseStory(report, [neighbour(part), whole], FRESH)).toBe(7);
    expect(chooseStory(report, [whole, neighbour(aReport(THEFT), { story: 3 })], FRESH)).toBe(3);
  });

  it('is a new one when the story has gone on for too long, or has become a topic', () => {
    const at = (days: number) => neighbour(report, { storyDay: report.day - days });
    expect(chooseStory(report, [at(STORY_DAYS)], FRESH)).toBe(1);
    expect(chooseStory(report, [at(STORY_DAYS + 1)], FRESH)).toBeNull();
    const sized = (storySize: number) => chooseStory(report, [neighbour(report, { storySize })], FRESH);
    expect([sized(MAX_STORY_REPORTS - 1), sized(MAX_STORY_REPORTS)]).toEqual([1, null]);
  });
});

describe('the seeds of this project', () => {
  const read = createReportReader();
  const seeds = readdirSync('seeds').map((file) => {
    const text = readFileSync(`seeds/${file}`, 'utf8');
    const now = Date.parse('2026-01-01');
    const reading = file.endsWith('.md') ? parseMarkdown(text, now) : parseArticle(text, now);
    if (!reading.ok) throw new Error(file);
    return { file, report: read({ ...reading.content, listedAt: reading.content.publishedAt }) };
  });

  const EVENTS = [
    ['lu-song-la-ha', 'mua-lon-ha-du', 'la-ha-floodwater'],
    ['hai-trieu-vo-dich', 'nguoi-nhen-19'],
    ['kazakhstan-uzbekistan', 'miami-g20', 'washington-moi'],
  ];

  it('are three stories of several sources, and twelve of one', () => {
    const sizes = storiesOf(seeds.map(({ report }) => report)).map((story) => story.map(eventOf));
    expect(sizes.sort()).toEqual([
      [0, 0, 0],
      [1, 1],
      [2, 2, 2],
    ]);
  });

  it('are never put with another event, whatever the order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(seeds), (some) => {
        for (const story of storiesOf(some.map(({ report }) => report))) {
          const events = new Set(story.map((n) => eventOf(seeds.findIndex((seed) => seed === some[n]))));
          expect(events.size).toBe(1);
          expect(events.has(-1)).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  /** The number of the event that a seed is about; -1 for one that is the only one about its event. */
  function eventOf(n: number): number {
    return EVENTS.findIndex((event) => event.some((name) => seeds[n]?.file.includes(name)));
  }
});

/** Places reports one after the other among all before them; the stories of several reports, sorted. */
function storiesOf(reports: readonly Report[]): number[][] {
  const members = new Map<number, number[]>();
  const storyOf = new Map<number, number>();
  const known = new Map<number, Set<number>>();
  for (const [n, report] of reports.entries()) {
    const neighbours = reports.slice(0, n).map((other, m) => {
      const story = storyOf.get(m) ?? m;
      return {
        story,
        storyDay: reports[story]?.day ?? 0,
        storySize: members.get(story)?.length ?? 0,
        report: other,
      };
    });
    const story = chooseStory(report, neighbours, (name) => known.get(name) ?? new Set()) ?? n;
    storyOf.set(n, story);
    members.set(story, [...(members.get(story) ?? []), n]);
    for (const name of report.names.keys()) known.set(name, (known.get(name) ?? new Set()).add(story));
  }
  return [...members.values()].filter((story) => story.length > 1).sort();
}

describe('the order in which reports arrive', () => {
  const events = Array.from({ length: 4 }, (_, event): Written[] => {
    const body = Array.from(
      { length: 8 },
      (_, n) =>
        `Câu thứ ${n} kể về việc${event} xảy ra ở vùng${event}${n} với chi tiết${event}${n * 7} riêng${event}x${n}.`,
    );
    return [
      { title: `Sự việc số${event} xảy ra`, body: body.join(' ') },
      { title: `Chuyện khác tên${event}`, body: [...body].reverse().join(' ') },
      { title: `Tin${event} rút gọn`, body: body.slice(0, 5).join(' ') },
    ];
  });
  const reports = events.flatMap((versions, event) =>
    versions.map((written) => ({ event, report: aReport(written) })),
  );

  it('makes no difference where every report of an event is like every other one', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(reports, { minLength: 2 }), (some) => {
        const byEvent = new Map<number, number[]>();
        some.forEach(({ event }, n) => byEvent.set(event, [...(byEvent.get(event) ?? []), n]));
        const expected = [...byEvent.values()].filter((story) => story.length > 1).sort();
        expect(storiesOf(some.map(({ report }) => report))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the marks of a report', () => {
  it('are few, and find a copy by many of them', () => {
    const [first = '', second = '', third = ''] = THEFT.body.split('\n\n');
    const { names, words } = marksOf(aReport({ ...THEFT, body: THEFT.body.repeat(9) }));
    expect(names.length).toBeLessThanOrEqual(24);
    expect(words.length).toBeLessThanOrEqual(40);
    const copy = marksOf(aReport({ title: 'Mất trống đồng', body: [second, third, first].join('\n\n') }));
    const shared = [...copy.names, ...copy.words].filter((mark) => [...names, ...words].includes(mark));
    expect(shared.length).toBeGreaterThan(5);
  });

  it('are none of a round-up', () => {
    expect(marksOf(aReport({ ...THEFT, title: 'Tin 24h: một; hai; ba' }))).toEqual({ names: [], words: [] });
  });
});

describe('the neighbours of an article', () => {
  it('are those that share the rarest marks with it, at most twelve', () => {
    const common = Array.from({ length: 40 }, (_, n) => n + 100);
    expect(nearest([[1], [1, 2], [1, 2, 3], [2, 3], common])).toEqual([1, 2]);
    expect(nearest([common, common])).toEqual([]);
    expect(nearest(Array.from({ length: 12 }, () => common))).toHaveLength(12);
    expect(nearest([])).toEqual([]);
  });
});
