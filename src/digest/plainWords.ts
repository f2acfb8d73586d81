/**
 * Words that say nothing about which event a text reports: those that hold sentences together, and names that the news
 * of every day has. Written by hand, so that a newsroom of twenty articles and one of a hundred thousand judge alike.
 */
import { foldWord } from '../search/fold.ts';

const VIETNAMESE = `
  và của là có được không cho trong với các những một người này đã khi từ để đến về ra vào tại ở như cũng còn sẽ đang bị do
  nên thì mà nhưng nếu vì theo sau trước trên dưới hơn nhiều ít rất lại chỉ cả mỗi mọi ngày tháng năm giờ phút sáng trưa
  chiều tối đêm hôm nay qua mai ông bà anh chị em cô chú bác họ ta tôi chúng nó việc sự điều lúc nơi nào gì ai sao vừa mới
  đây đó kia rồi hay hoặc cùng giữa ngoài bên phía lên xuống đi làm nói biết thấy rằng cần phải thể đều bằng lần thứ hai ba
  bốn sáu bảy tám chín mười trăm nghìn ngàn triệu tỷ tỉ đồng số nhất cuộc chiếc cái con vụ bộ ban cơ quan chức ngành cấp
  nhà nước thành phố tỉnh huyện xã quận phường công dân đại học trường hội đồng uỷ viên trưởng phó thông tin báo chí
  đưa nhận trả gửi gặp xảy tiếp tục bắt đầu hiện đó liên quan đối tượng trường hợp quyết định yêu cầu tổ chức thực
  thời gian khoảng gần khu vực địa phương tình hình nguyên nhân kết quả vấn đề chính chủ`;

const ENGLISH = `
  the of and to in a an is that for on with as was by at from has have had it its are be been will would could should may
  said says this these those were which their they them there then than not but or if when while after before over under
  into about between more most less other some any all one two three four first last new year years day days week month
  he she his her him we our you your i who what where how also out up down no so such only just still per cent percent`;

/** Places and bodies that are in the news of every day; neither the event nor its people. */
const EVERYWHERE = `
  Việt Nam|Hà Nội|Hồ Chí|Chí Minh|TP HCM|HCM|TPHCM|Sài Gòn|Đà Nẵng|Hải Phòng|Cần Thơ|Trung Quốc|Hoa Kỳ|Nhật Bản|Hàn Quốc
  Triều Tiên|Đài Loan|Thái Lan|Ấn Độ|Đông Nam|Nam Á|Châu Á|Châu Âu|Trung Đông|Biển Đông|Bắc Kinh|Nhà Trắng|Lầu Năm|Năm Góc
  Liên Hợp|Hợp Quốc|Liên Hiệp|Hiệp Quốc|Quốc hội|Đảng Cộng|Tổng thống|Thủ tướng|Nguyễn Văn|Nguyễn Thị|Trần Văn|Lê Văn
  Phạm Văn|Washington|London|Paris|Moscow|Moskva|Seoul|Tokyo|Singapore|Hong Kong|Hong|Kong|Hồng Kông|Australia|Philippines
  Indonesia|Malaysia|Campuchia|Ukraine|Israel|Iran|Iraq|Syria|EU|NATO|ASEAN|APEC|WHO|UN|US|USA|UK|BBC|CNN|AFP|AP|Reuters
  Bloomberg|Xinhua|Tân Hoa|TASS|TTXVN|VTV|VnExpress|Tuổi Trẻ|Thanh Niên|Dân Trí|Facebook|Twitter|YouTube|Google|Zalo|TikTok
  Online|USD|VND|EUR|GDP|UBND|HĐND|TAND|VKSND|CSGT|CSĐT|CEO|TNHH|HĐQT|PCCC|PGS|GS|TS|THPT|THCS|BOT|Covid|Internet|Video
  Vietnam|Viet Nam|Hanoi|Saigon|Chi Minh|China|Japan|Korea|North Korea|South Korea|Beijing|United States|United Nations
  European Union|White House|Southeast Asia|South China|China Sea|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday
  January|February|March|April|June|July|August|September|October|November|December|Lunar|New Year|Tết`;

const PLAIN = new Set(`${VIETNAMESE} ${ENGLISH}`.trim().split(/\s+/u).map(codeOf));
const KNOWN = new Set(
  EVERYWHERE.trim()
    .split(/\s*[|\n]\s*/u)
    .map((name) => name.split(' ').map(codeOf).join(' ')),
);

/** @param code of `foldWord`, so that "hai" (two) is plain and "Hải" is not */
export function isPlain(code: string): boolean {
  return PLAIN.has(code);
}

/** @param name codes of `foldWord` with single spaces between them: "Đông Nam" (the southeast) is known, "Đồng Nam" is not */
export function isEverywhere(name: string): boolean {
  return KNOWN.has(name);
}

function codeOf(word: string): string {
  return foldWord(word).code;
}
