import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/i18n/catalogue.ts';
import { overview } from '../../../src/telegram/views/overview.ts';

const LONG = 'Tạp chí Khoa học và Đời sống Sông Hồng';

describe('the line under the title of an edition', () => {
  it.each<[(string | null)[], number, boolean, string | null, string | null]>([
    // One item says everything itself.
    [['A'], 0, false, null, null],
    [['A', 'A'], 0, false, '2 tin mới từ A', '2 new stories from A'],
    [['A', 'B', 'A'], 0, false, '3 tin mới từ A và B', '3 new stories from A and B'],
    [['A', 'B', 'C'], 0, false, '3 tin mới từ 3 nguồn', '3 new stories from 3 sources'],
    // Names that would take a line of their own are counted.
    [['A', LONG], 0, false, '2 tin mới từ 2 nguồn', '2 new stories from 2 sources'],
    // What is not known is not counted.
    [['A', null], 0, false, '2 tin mới', '2 new stories'],
    [[null, null], 0, false, '2 tin mới', '2 new stories'],
    // More than are listed.
    [['A', 'B', 'C'], 9, false, '3 trong 12 tin mới từ 3 nguồn', '3 of 12 new stories from 3 sources'],
    [['A'], 1, false, '1 trong 2 tin mới từ A', '1 of 2 new stories from A'],
    // A first edition has the newest.
    [['A', 'A'], 0, true, '2 tin mới nhất từ A', 'The 2 latest stories from A'],
  ])('of %j and %i more', (sources, more, isFirst, vi, en) => {
    expect(overview({ sources, more, isFirst }, catalogue('vi'))).toBe(vi);
    expect(overview({ sources, more, isFirst }, catalogue('en'))).toBe(en);
  });
});
