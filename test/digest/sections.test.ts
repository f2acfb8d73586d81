import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange, sectionsOf, SECTIONS_FROM } from '../../src/digest/sections.ts';

/** "A1 B2 -3": an item of source A, one of B, one without a source; what stands behind tells them apart. */
const items = (text: string): string[] => text.split(' ');
const sourceOf = (item: string): string | null => (item.startsWith('-') ? null : item.charAt(0));
/** "A: A1 A3 | *: C4" */
const shown = (text: string): string | null =>
  sectionsOf(items(text), sourceOf)
    ?.map((section) => `${section.source ?? '*'}: ${section.items.join(' ')}`)
    .join(' | ') ?? null;

describe('the sections of an edition', () => {
  it.each([
    // The source of the newest item comes first, and within a section the order stays.
    ['B1 A2 B3 A4 A5 B6 A7 A8', 'B: B1 B3 B6 | A: A2 A4 A5 A7 A8'],
    // Single items and those without a source come last, under one heading.
    ['C1 A2 B3 -4 A5 B6 A7 B8', 'A: A2 A5 A7 | B: B3 B6 B8 | *: C1 -4'],
    // Half of them may be others, more may not.
    ['A1 A2 B3 B4 C5 D6 E7 -8', 'A: A1 A2 | B: B3 B4 | *: C5 D6 E7 -8'],
    ['A1 A2 B3 B4 C5 D6 E7 F8 -9', null],
    // One source needs no heading, and neither do many with one item each.
    ['A1 A2 A3 A4 A5 A6 A7 A8', null],
    ['A1 A2 A3 A4 A5 A6 A7 B8', null],
    ['A1 B2 C3 D4 E5 F6 G7 H8', null],
    // Too few.
    ['A1 B2 A3 B4 A5 B6 A7', null],
  ])('of %s', (text, sections) => {
    expect(shown(text)).toBe(sections);
  });

  it('hold each item once, and are the same again when they were arranged', () => {
    const item = fc
      .tuple(fc.constantFrom('A', 'B', 'C', '-'), fc.nat({ max: 99 }))
      .map((pair) => pair.join(''));
    fc.assert(
      fc.property(fc.array(item, { maxLength: 30 }), (all) => {
        const arranged = arrange(all, sourceOf);
        expect([...arranged].sort()).toEqual([...all].sort());
        expect(arrange(arranged, sourceOf)).toEqual(arranged);
        expect(sectionsOf(arranged, sourceOf)).toEqual(sectionsOf(all, sourceOf));
        if (all.length < SECTIONS_FROM) expect(arranged).toEqual(all);
      }),
    );
  });
});
