import { describe, expect, it } from 'vitest';
import { isCaption } from '../../src/articles/captions.ts';

describe('a caption', () => {
  it.each([
    'Ông Trump và ông Tokayev tại Hội nghị G20. Ảnh: AP',
    'Ông Trump và ông Tokayev tại Hội nghị G20. Ảnh: Nguyễn Văn A/TTXVN.',
    'Toàn cảnh hội nghị Ảnh: AFP',
    'Bài đăng trên mạng xã hội Truth. Ảnh chụp màn hình',
    'Bài đăng trên mạng xã hội Truth (Ảnh chụp màn hình).',
    'Lực lượng cứu hộ tại hiện trường. Ảnh minh họa',
    'Lực lượng cứu hộ tại hiện trường. Ảnh minh hoạ.',
    'Ảnh minh họa: Internet',
    'Cầu mới sau ba năm thi công. Ảnh AFP',
    'Cầu mới sau ba năm thi công. Ảnh do nhân vật cung cấp',
    'Cầu mới sau ba năm thi công (ảnh: VGP)',
    'Cầu mới sau ba năm thi công. (Ảnh: VGP)',
    'CẦU MỚI. ẢNH: VGP',
    'Tăng trưởng qua các quý. Đồ họa: Hồng Vân',
    'Tăng trưởng qua các quý. Nguồn ảnh: TASS',
    'Lũ cuốn trôi cầu. Video: VTV',
    'Ảnh: Tổng thống Mỹ phát biểu trước hàng nghìn người tại Miami trong một buổi chiều mưa rất to và rất lâu, không ai rời đi',
    'The leaders meet in Miami. Photo: AP',
    'The leaders meet in Miami. (Photo: Reuters)',
    'The leaders meet in Miami. AP Photo/John Doe',
    'The leaders meet in Miami. (Photo by John Doe/Getty Images)',
    'The leaders meet in Miami, Dec. 24, 2025. REUTERS/Jane Doe',
    'The leaders meet in Miami. John Doe/AFP',
    'Photo: AP',
  ])('%s', (paragraph) => {
    expect(isCaption(paragraph)).toBe(true);
  });
});

describe('no caption', () => {
  it.each([
    ['Hạn hán khiến giá gạo tăng. Ảnh hưởng còn kéo dài.', '“ảnh hưởng” is influence'],
    [
      'Ông giơ ra một bức ảnh: đó là chiếc cầu cũ của làng, nơi ông đã sống.',
      'a sentence that speaks of a photo',
    ],
    ['Bà chia sẻ một bức ảnh chụp màn hình cuộc trò chuyện với con trai hôm qua', 'another'],
    ['Anh: lạm phát giảm tháng thứ ba liên tiếp', '“Anh” is England'],
    ['Ông nói: không ai được bỏ lại phía sau.', 'a quotation'],
    ['Tổng thống Mỹ công bố kế hoạch mới.', 'plain text'],
    ['The photograph won a prize last year.', 'plain text'],
    ['', 'nothing'],
  ])('%s (%s)', (paragraph) => {
    expect(isCaption(paragraph)).toBe(false);
  });
});
