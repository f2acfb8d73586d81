/** Vietnamese: schedules. */
import type { ScheduleTexts } from './scheduleTexts.ts';

/** As they stand within a sentence. */
const DAYS = ['Chủ Nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'];

/** "a, b và c" */
export function listVi(items: readonly (string | number)[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? String(last) : `${items.slice(0, -1).join(', ')} và ${last}`;
}

export const scheduleVi: ScheduleTexts = {
  everyDay: 'mỗi ngày',
  weekdays: 'từ thứ Hai đến thứ Sáu',
  weekend: 'thứ Bảy và Chủ Nhật hằng tuần',
  onWeekdays: (days) => `${listVi(days.map((day) => DAYS[day] ?? ''))} hằng tuần`,
  onMonthDays: (days) => `ngày ${listVi(days)} hằng tháng`,
  both: (one, other) => `${one} và ${other}`,
  inMonths: (days, months) => `${days} trong tháng ${listVi(months)}`,
  at: (days, times) => `${days} lúc ${listVi(times)}`,
  everyHour: (days, from, to) => `${days}, mỗi giờ một lần từ ${from} đến ${to}`,
  cron: (cron) => `theo lịch ${cron}`,
  inZone: (schedule, zone) => `${schedule}, giờ ${zone}`,
  zoneNames: {
    'Asia/Ho_Chi_Minh': 'Hà Nội',
    'Asia/Shanghai': 'Bắc Kinh',
    'Asia/Taipei': 'Đài Bắc',
    'Asia/Hong_Kong': 'Hồng Kông',
    'Europe/Moscow': 'Moskva',
    'Europe/Prague': 'Praha',
  },
};
