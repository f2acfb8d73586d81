import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadOf } from '../../../src/telegram/views/lead.ts';
import { line } from '../articles.ts';

describe('as much of a summary as there is room for', () => {
  it.each([
    // It fits.
    ['Nước lên. Cầu sập.', 40, 'Nước lên. Cầu sập.'],
    // The last sentence that is whole.
    ['Nước sông lên. Cầu mới sập. Ba xã bị cô lập suốt đêm qua.', 40, 'Nước sông lên. Cầu mới sập.'],
    ['It rained in 2026. The bridge fell, and three villages are cut off.', 40, 'It rained in 2026.'],
    ['“Nước lên nhanh quá!” Ông nói vậy, rồi chèo thuyền đi tìm đàn lợn.', 40, '“Nước lên nhanh quá!”'],
    // A full stop that ends no sentence.
    [
      'Lãnh đạo thành phố TP. Hồ Chí Minh thăm vùng lũ và tặng quà.',
      40,
      'Lãnh đạo thành phố TP. Hồ Chí Minh…',
    ],
    ['The committee heard Mrs. Robinson speak for hours.', 40, 'The committee heard Mrs. Robinson…'],
    ['The gauge at Cau Moi read 7.8 metres in the afternoon.', 40, 'The gauge at Cau Moi read 7.8 metres…'],
    // A sentence that is too little.
    [
      'Hết rồi. Nước sông La Hà đã rút khỏi ba xã ven đê từ sáng sớm.',
      40,
      'Hết rồi. Nước sông La Hà đã rút khỏi…',
    ],
    // Over the ends of lines.
    ['Một\ndòng  khác', 40, 'Một dòng khác'],
  ])('of %j, %i', (summary, max, shown) => {
    expect(leadOf(summary, max)).toBe(shown);
  });

  it('is a beginning of it in one line, never longer than it may be', () => {
    fc.assert(
      fc.property(line(3_000), fc.integer({ min: 1, max: 400 }), (summary, max) => {
        const lead = leadOf(summary, max);
        expect(lead.length).toBeLessThanOrEqual(max);
        const whole = summary.replace(/\s+/gu, ' ').trim();
        expect(whole.startsWith(lead.replace(/…$/u, '')) || whole.startsWith(lead)).toBe(true);
      }),
    );
  });
});
