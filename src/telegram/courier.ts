/**
 * Carries the parts of a digest: what delivery hands over becomes one `sendMessage`.
 */
import type { Courier, DigestPart, Parcel } from '../delivery/courier.ts';
import type { Api } from './api.ts';
import { keyboard } from './views/view.ts';
import { toPlainText } from './views/html.ts';

export interface CourierOptions {
  api: Api;
  allowPaidBroadcast: boolean;
}

export function createCourier({ api, allowPaidBroadcast }: CourierOptions): Courier {
  return {
    carry(parcel, signal) {
      const { markup, buttons } = withNotice(parcel.part, parcel.notice);
      const payload = {
        chat_id: parcel.chatId,
        ...(parcel.threadId === 0 ? {} : { message_thread_id: parcel.threadId }),
        ...(parcel.plain ? { text: toPlainText(markup) } : { text: markup, parse_mode: 'HTML' }),
        // A list of links with a preview of the first one would only show that one.
        link_preview_options: { is_disabled: true },
        ...(parcel.silent ? { disable_notification: true } : {}),
        ...(allowPaidBroadcast ? { allow_paid_broadcast: true } : {}),
        ...(buttons.length === 0 ? {} : { reply_markup: keyboard(buttons) }),
      };
      return api.call('sendMessage', payload, signal);
    },
    probe: (signal) => api.call('getMe', {}, signal),
  };
}

function withNotice(
  part: DigestPart,
  notice: Parcel['notice'],
): { markup: string; buttons: DigestPart['buttons'] } {
  if (notice === null) return { markup: part.html, buttons: part.buttons };
  return { markup: `${notice.html}\n\n${part.html}`, buttons: [...part.buttons, ...notice.buttons] };
}
