import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameEvent, type Ground } from '../../src/digest/sameEvent.ts';
import { aReport, THEFT, type Written } from './reports.ts';

const ALL_OWN = (): boolean => true;

function groundOf(one: Written, other: Written, isOwn = ALL_OWN): Ground | null {
  const [a, b] = [aReport(one), aReport(other)];
  const likeness = sameEvent(a, b, isOwn);
  expect(sameEvent(b, a, isOwn)).toEqual(likeness);
  return likeness?.ground ?? null;
}

const [first = '', second = '', third = '', fourth = ''] = THEFT.body.split('\n\n');

describe('the text of an agency', () => {
  it.each<[string, Partial<Written>]>([
    ['as it is', {}],
    ['under another title', { title: 'Hiện vật quý của Phú Khê bị đánh cắp trong đêm' }],
    ['in another order', { body: [third, first, fourth, second].join('\n\n') }],
    ['cut after half', { body: [first, second].join('\n\n') }],
    [
      'with another beginning',
      { title: 'Mất trống đồng Làng Vạc', summary: 'Công an đang truy tìm hai nghi phạm.' },
    ],
    ['with numbers in the English way', { body: THEFT.body.replace('38,6', '38.6').replace('12,5', '12.5') }],
    ['two days later', { day: '2025-12-17' }],
    ['without accents', { body: THEFT.body.normalize('NFD').replace(/\p{M}/gu, '') }],
  ])('is one event %s', (_, change) => {
    expect(groundOf(THEFT, { ...THEFT, ...change })).not.toBeNull();
  });

  it('is none a week later: the same words about another time', () => {
    expect(groundOf(THEFT, { ...THEFT, day: '2025-12-22' })).toBeNull();
  });

  it('is none when its beginning is of another day', () => {
    const other = THEFT.summary.replace('12/12', '14/12');
    expect(groundOf(THEFT, { ...THEFT, summary: other })).toBeNull();
  });
});

const PRICES = (day: string, buy: string, sell: string, change: string): Written => ({
  title: `Giá vàng ngày ${day}: vàng miếng ${change}`,
  summary: `Giá vàng miếng sáng ${day} ở mức ${buy} – ${sell} triệu đồng một lượng, ${change} so với hôm qua.`,
  body: [
    `Công ty Kim Ngọc niêm yết giá mua vào ${buy} triệu đồng, bán ra ${sell} triệu đồng một lượng. Chênh lệch giữa hai chiều là 2 triệu đồng.`,
    `Tại thị trường Hà Nội, vàng nhẫn trơn giao dịch quanh ${buy.slice(0, 2)},15 triệu đồng. Các chuyên gia khuyên người mua thận trọng khi giá thế giới còn biến động mạnh.`,
    `Trên thị trường quốc tế, giá vàng giao ngay được giao dịch ở mức ${sell.slice(0, 1)}.${buy.slice(-2)}1 USD một ounce.`,
  ].join('\n\n'),
});

describe('the same words about something else', () => {
  it('are two events: the prices of two days', () => {
    const [third, fourth] = [PRICES('3', '84,20', '86,20', 'tăng'), PRICES('4', '83,75', '85,75', 'giảm')];
    expect(groundOf(third, { ...fourth, day: '2025-12-16' })).toBeNull();
    const [dated, next] = [
      PRICES('3/12', '84,20', '86,20', 'tăng'),
      PRICES('4/12', '84,20', '86,20', 'tăng'),
    ];
    expect(groundOf(dated, next)).toBeNull();
  });

  it.each<[string, string, string]>([
    ['of a series', 'Kết luận kỳ họp: kỳ 34 xem xét kỷ luật', 'Kết luận kỳ họp: kỳ 35 xem xét kỷ luật'],
    ['about another storm', 'Bão số 14 suy yếu thành áp thấp', 'Bão số 16 suy yếu thành áp thấp'],
    ['about another month', 'Xăng dầu đẩy CPI tháng 5 tăng mạnh', 'Xăng dầu đẩy CPI tháng 8 tăng mạnh'],
    ['about another amount', 'Giải độc đắc 457 triệu USD có chủ', 'Giải độc đắc 570 triệu USD có chủ'],
  ])('are two events: %s', (_, one, other) => {
    const body = 'Thông báo được đưa ra sáng nay sau cuộc họp kéo dài hai giờ. '.repeat(6);
    const end = (number: string): string => ` Quy mô ước tính là ${number}, theo cơ quan chức năng.`;
    expect(
      groundOf({ title: one, body: body + end('457') }, { title: other, body: body + end('570') }),
    ).toBeNull();
  });

  it('are two events when they are of other years', () => {
    const holiday = (year: string): Written => ({
      title: `Chốt lịch nghỉ Tết ${year}`,
      summary: 'Công chức và viên chức nghỉ bảy ngày liên tục, người lao động chọn một trong hai phương án.',
      body: THEFT.body,
    });
    expect(groundOf(holiday('2026'), holiday('2026'))).not.toBeNull();
    expect(groundOf(holiday('2026'), holiday('2027'))).toBeNull();
  });

  it('are two events when nothing says that an affair is at the same point: no day, no figures', () => {
    const affair = (title: string, news: string, more: string): Written => ({
      title,
      summary: `Dự án nghỉ dưỡng Làng Vạc ở Phú Khê của Tập đoàn Trường Hưng ${news}.`,
      body: `${more} Dự án Làng Vạc do Tập đoàn Trường Hưng làm chủ đầu tư ở Phú Khê từ năm ngoái.`,
    });
    const stop = affair(
      'Làng Vạc bị yêu cầu dừng thi công',
      'thiếu giấy phép xây dựng hợp lệ',
      'Thanh tra lập biên bản sau khi các hộ dân vùng Cồn Trăng khiếu nại tiếng ồn lúc nửa đêm và bụi phủ mái nhà.',
    );
    const bank = affair(
      'Ngân hàng hoãn thẩm định Làng Vạc',
      'được lùi hạn định giá tài sản thế chấp',
      'Chi nhánh cho vay muốn đợi kiểm toán độc lập trước lúc bán đấu giá khu đất ven Cồn Trăng cùng dãy kiosk bỏ hoang.',
    );
    expect(groundOf(stop, bank, () => false)).toBeNull();
    const at = (one: Written): Written => ({ ...one, summary: `Ngày 12/12, ${one.summary}` });
    expect(groundOf(at(stop), at(bank), () => false)).toBe('beginning');
  });

  it('are two events when they are about somebody else', () => {
    const visit = (country: string, capital: string): Written => ({
      title: `Phó thủ tướng Trịnh Gia Huy sắp thăm ${country}`,
      summary: `Lãnh đạo có chuyến thăm hai ngày đến ${capital} theo lời mời của nước chủ nhà.`,
      body: 'Chuyến thăm nhằm thúc đẩy thương mại, đầu tư và giáo dục giữa hai nước trong năm tới. '.repeat(
        4,
      ),
    });
    expect(groundOf(visit('Argentina', 'Buenos Aires'), visit('Tanzania', 'Dodoma'))).toBeNull();
  });

  it('are two events when they only share their background', () => {
    const background = THEFT.body;
    const arrest: Written = {
      title: 'Hội thảo quốc tế về bảo quản hiện vật kim loại khai mạc',
      summary: 'Sáu mươi chuyên gia từ mười một nước bàn cách chống gỉ cho đồ đồng khai quật dưới biển.',
      body: `Các tham luận tập trung vào phương pháp điện phân, lớp phủ sinh học và kho lạnh khô. Ban tổ chức mong muốn lập một mạng lưới chia sẻ phòng thí nghiệm giữa các nước trong vùng, bắt đầu từ mùa xuân.\n\n${[second, fourth].join('\n\n')}`,
    };
    expect(groundOf({ ...THEFT, body: background }, arrest)).toBeNull();
  });

  it('are two events when half of them is what happens in a book, and no fact is common', () => {
    const opening =
      'Trong tiểu thuyết Ngọn Đèn Cù Mông, chàng thợ đúc Trần Khắc Uy lạc vào hang Ba Cửa lúc nước triều dâng, chỉ còn cây sáo trúc của cha để lại.';
    const plot =
      'Đêm ấy lão tiều phu mù kể lại lời nguyền của dòng họ Võ Trọng: ai mang chuông ra khỏi chùa Hạc sẽ mất giọng nói cho đến khi trả lại. Khắc Uy không tin, vác chuông xuống thuyền, và sáng hôm sau quả nhiên câm lặng. Cô lái đò Tiểu Mai dạy chàng nói bằng tay, rồi cùng chàng ngược sông Ngân tìm thợ cũ. Ông lão bảo muốn có lại tiếng thì phải đúc quả chuông khác bằng thứ quý nhất mình đang giữ, và Khắc Uy hiểu ngay đó là cây sáo.';
    const essay = (title: string, summary: string, thought: string): Written => ({
      title,
      summary,
      body: [opening, thought, plot].join('\n\n'),
    });
    const villain = essay(
      'Vì sao lão tiều phu không hề xấu xa như độc giả vẫn nghĩ?',
      'Nhân vật phụ bị ghét nhất truyện thật ra giữ chìa khóa để hiểu nỗi đau của cả một thế hệ thợ thủ công.',
      'Nhiều người đọc dừng lại ở bề ngoài dữ tợn và quên rằng chính ông đã ba lần cảnh báo. Nhà nghiên cứu cho rằng ông đại diện cho ký ức làng nghề, thứ luôn bị xem là mê tín khi đô thị tràn tới. Giọng kể lạnh lùng che giấu lòng thương, bởi tác giả từng mất người anh ruột vì tai nạn lò nung năm nào.',
    );
    const music = essay(
      'Tiếng sáo và sự im lặng: bài học cho người trẻ hôm nay',
      'Âm nhạc trong tác phẩm kinh điển này vừa là của cải, vừa là thứ phải đánh đổi để lớn lên.',
      'Giới phê bình âm nhạc say sưa phân tích cách những quãng nghỉ được viết thành câu văn ngắn. Với học sinh trung học, đoạn hy sinh nhạc cụ thường gây tranh luận sôi nổi nhất, vì ai cũng có món đồ không nỡ bỏ. Thầy cô gợi ý lớp thử kể lại câu chuyện chỉ bằng nhịp gõ, không dùng lời thoại nào hết.',
    );
    expect(groundOf(villain, music)).toBeNull();
    // Behind the beginning, so that it is no more alike than before.
    const also = (one: Written, fact: string): Written => ({ ...one, body: `${one.body ?? ''}\n\n${fact}` });
    const facts = 'Sách in 38.600 bản và được bán ở 124 hiệu sách.';
    expect(groundOf(also(villain, facts), also(music, facts))).toBe('copy');
    const common = 'Có 2 chương, 3 phần, 5 hồi, 7 đoạn, 9 bài và 11 khúc.';
    expect(groundOf(also(villain, common), also(music, common))).toBe('copy');
    const title = 'Lão tiều phu im tiếng';
    expect(groundOf(villain, { ...music, title })).toBe('copy');
  });
});

describe('two reports in different words', () => {
  const match: Written = {
    title: 'Sông Thao thắng nghẹt thở, vào bán kết Cúp Hạ Vàng',
    summary:
      'Bàn thắng phút 93 của Đoàn Bá Lộc giúp Sông Thao vượt qua Bạch Mã 3–2 trên sân Thạch Bàn tối 14/12.',
    body: 'Trước 9.840 khán giả, đội khách dẫn trước từ cú đá phạt của Rafael Quintero. Huấn luyện viên Mạc Thế Vinh tung ba cầu thủ dự bị và thay đổi hẳn thế trận ở hiệp hai, khi đối thủ chơi lùi về giữ tỷ số.',
    source: 'Thể Thao Mới',
  };
  const portrait: Written = {
    title: 'Đoàn Bá Lộc: từ phụ hồ đến người hùng của Sông Thao',
    summary:
      'Ba năm trước anh còn vác gạch thuê ở Thạch Bàn. Đêm 14/12, cú vô lê ở những giây cuối khiến Bạch Mã gục ngã.',
    body: 'Ông Mạc Thế Vinh nhận ra cậu học trò ở một giải phong trào. “Cậu ấy lì”, ông cười. Rafael Quintero, người ghi bàn cho phía bên kia, ôm Lộc rất lâu sau tiếng còi. Gia đình xem Cúp Hạ Vàng qua chiếc điện thoại vỡ màn hình.',
    source: 'Tin Chiều',
    day: '2025-12-16',
  };

  it('are of one event when they have the same cast', () => {
    expect(groundOf(match, portrait)).toBe('cast');
  });

  it('are not, when the cast is known from other events', () => {
    expect(groundOf(match, portrait, () => false)).toBeNull();
  });

  it('are not, in one newspaper: it reports an event once, and then what followed', () => {
    expect(groundOf(match, { ...portrait, source: match.source ?? null })).toBeNull();
  });

  it('are not, days apart', () => {
    expect(groundOf(match, { ...portrait, day: '2025-12-18' })).toBeNull();
  });

  it('are not, when somebody is in one of them alone', () => {
    const transfer: Written = {
      ...portrait,
      title: 'Đoàn Bá Lộc được Kashiwa Rovers hỏi mua',
      summary:
        'Giám đốc Takumi Endo bay sang Hải Châu gặp Sông Thao, còn Bích Ngọc Media lo bản quyền hình ảnh.',
    };
    expect(groundOf(match, transfer)).toBeNull();
  });
});

describe('a round-up', () => {
  it('is no report of one event', () => {
    const roundup = { ...THEFT, title: 'An ninh 24h: Mất trống đồng; Bắt nhóm cướp; Cháy chợ đêm' };
    expect(groundOf(THEFT, roundup)).toBeNull();
    expect(groundOf(THEFT, { ...THEFT, title: `${THEFT.title}; Cháy chợ đêm` })).toBeNull();
  });
});

describe('too little text', () => {
  it.each(['Tạm hoãn', 'Tin nóng', 'Bản tin sáng', '…', '中国'])('%s is like nothing', (title) => {
    expect(groundOf({ title }, { title })).toBeNull();
  });
});

describe('any two reports', () => {
  const word = fc.constantFrom(
    'lũ',
    'Hải Triều',
    'giá',
    '12/12',
    '1.240',
    'Lê Minh Khang',
    'vàng',
    'sáng nay',
    ';',
    '.',
  );
  const text = fc.array(word, { maxLength: 80 }).map((words) => words.join(' '));
  const written = fc.record({ title: text, summary: text, body: text });

  it('are compared without an error, in either order alike', () => {
    fc.assert(
      fc.property(written, written, (one, other) => void groundOf(one, other)),
      { numRuns: 300 },
    );
  });
});
