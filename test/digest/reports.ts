/** Reports to be compared: short texts with everything that a test does not care about filled in. */
import { createReportReader, type Report } from '../../src/digest/report.ts';

export interface Written {
  title: string;
  summary?: string;
  body?: string;
  source?: string | null;
  language?: string | null;
  /** `YYYY-MM-DD`. */
  day?: string;
}

export function aReport(written: Written): Report {
  const { title, summary = null, body = '', source = null, language = 'vi', day = '2025-12-15' } = written;
  return createReportReader()({ title, summary, body, source, language, listedAt: day });
}

/** A report of a theft, of some 180 words: what the tests change, shorten and reword. */
export const THEFT: Required<Pick<Written, 'title' | 'summary' | 'body'>> = {
  title: 'Trộm đột nhập bảo tàng Phú Khê, lấy đi chiếc trống đồng 2.400 năm tuổi',
  summary:
    'Rạng sáng 12/12, hai người bịt mặt cắt cửa kính phía sau bảo tàng tỉnh Phú Khê và mang đi trống đồng Làng Vạc.',
  body: [
    'Theo Công an tỉnh, chuông báo động reo lúc 2 giờ 17 phút. Khi bảo vệ Nguyễn Hữu Tạo chạy tới phòng trưng bày số 4, kẻ gian đã rời khỏi tòa nhà bằng xe tải nhỏ không biển số.',
    'Chiếc trống nặng 38,6 kg, đường kính mặt 61 cm, được ngư dân tìm thấy ở bãi Cồn Trăng năm 1978. Giám đốc bảo tàng, bà Lê Thục Anh, cho biết hiện vật được bảo hiểm 12,5 tỷ đồng nhưng giá trị khoa học thì không gì thay thế được.',
    'Camera ở ngã ba Chợ Cũ ghi lại chiếc xe chạy về hướng cảng Vũng Rô. Lực lượng biên phòng đã được yêu cầu kiểm tra mọi tàu rời cảng trong ba ngày tới.',
    'Đây là vụ mất cắp thứ hai ở các bảo tàng miền Trung trong năm nay. Bảo tàng Phú Khê sẽ đóng cửa đến hết tuần để rà soát hệ thống an ninh.',
  ].join('\n\n'),
};
