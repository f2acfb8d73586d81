import { afterEach, describe, expect, it } from 'vitest';
import type { Parcel } from '../../src/delivery/courier.ts';
import { createApi } from '../../src/telegram/api.ts';
import { createCourier } from '../../src/telegram/courier.ts';
import { TOKEN, no, ok, serve, type Call } from './loopback.ts';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const PARCEL: Parcel = {
  chatId: 7,
  threadId: 0,
  part: { html: '<b>Điểm &amp; tin</b>', buttons: [[{ text: 'Xem thêm', data: 'n:1:2:0' }]] },
  silent: false,
  plain: false,
  notice: null,
};

async function courierTo(reaction = ok({ message_id: 5 }), allowPaidBroadcast = false) {
  const server = await serve(reaction);
  const api = createApi(server.root, TOKEN);
  closing.push(
    () => api.close(),
    () => server.close(),
  );
  return { courier: createCourier({ api, allowPaidBroadcast }), calls: server.calls };
}

const signal = new AbortController().signal;

/** What Telegram gets for a parcel. */
async function carried(parcel: Partial<Parcel>, paid = false): Promise<Call['body']> {
  const { courier, calls } = await courierTo(ok({ message_id: 5 }), paid);
  await courier.carry({ ...PARCEL, ...parcel }, signal);
  expect(calls.map(({ method }) => method)).toEqual(['sendMessage']);
  return calls[0]?.body ?? {};
}

const PLAIN_MESSAGE = {
  chat_id: 7,
  text: '<b>Điểm &amp; tin</b>',
  parse_mode: 'HTML',
  link_preview_options: { is_disabled: true },
  reply_markup: { inline_keyboard: [[{ text: 'Xem thêm', callback_data: 'n:1:2:0' }]] },
};

describe('a parcel', () => {
  it('becomes one message', async () => {
    expect(await carried({})).toEqual(PLAIN_MESSAGE);
  });

  it('goes into a topic, without a sound, as a paid broadcast', async () => {
    expect(await carried({ threadId: 42 })).toEqual({ ...PLAIN_MESSAGE, message_thread_id: 42 });
    expect(await carried({ silent: true })).toEqual({ ...PLAIN_MESSAGE, disable_notification: true });
    expect(await carried({}, true)).toEqual({ ...PLAIN_MESSAGE, allow_paid_broadcast: true });
  });

  it('has no keyboard when it has no buttons', async () => {
    const { reply_markup: _, ...bare } = PLAIN_MESSAGE;
    expect(await carried({ part: { ...PARCEL.part, buttons: [] } })).toEqual(bare);
  });

  it('is text alone when its markup was refused', async () => {
    const { parse_mode: _, ...plain } = PLAIN_MESSAGE;
    expect(await carried({ plain: true })).toEqual({ ...plain, text: 'Điểm & tin' });
  });

  it('has a notice above it, and its button below', async () => {
    const notice = { html: '⚠️ <i>Bản tin hôm qua</i>', buttons: [[{ text: 'Gửi lại', data: 'r:1' }]] };
    expect(await carried({ notice })).toEqual({
      ...PLAIN_MESSAGE,
      text: '⚠️ <i>Bản tin hôm qua</i>\n\n<b>Điểm &amp; tin</b>',
      reply_markup: {
        inline_keyboard: [
          [{ text: 'Xem thêm', callback_data: 'n:1:2:0' }],
          [{ text: 'Gửi lại', callback_data: 'r:1' }],
        ],
      },
    });
  });
});

describe('the courier', () => {
  it('tells what happened and does not judge', async () => {
    const { courier, calls } = await courierTo(no(403, 'Forbidden: bot was blocked by the user'));
    expect(await courier.carry(PARCEL, signal)).toMatchObject({ kind: 'answer', status: 403 });
    expect(calls).toHaveLength(1);
  });

  it('asks who the bot is, to see whether Telegram answers', async () => {
    const { courier, calls } = await courierTo();
    expect(await courier.probe(signal)).toMatchObject({ kind: 'answer', status: 200 });
    expect(calls.map(({ method }) => method)).toEqual(['getMe']);
  });
});
