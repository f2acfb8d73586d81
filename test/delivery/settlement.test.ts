import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/delivery/outcome.ts';
import type { Intent, UnknownDelivery, UnknownPolicy } from '../../src/delivery/outbox.ts';
import { NOTICE_ROOM } from '../../src/delivery/courier.ts';
import { pack } from '../../src/delivery/parcel.ts';
import { backOffMs, settlementOf } from '../../src/delivery/settlement.ts';

const NOW = 1_000_000;
const intent: Intent = {
  id: 1,
  subscriptionId: 2,
  chatId: 3,
  threadId: 4,
  silent: false,
  slot: 0,
  part: 0,
  partCount: 1,
  content: { html: 'text', buttons: [] },
  attempt: 1,
  doubts: 0,
  reason: null,
  streak: 0,
  plain: false,
  offTopic: false,
  unannounced: [],
};

describe('what becomes of a delivery', () => {
  const flood: Outcome = { kind: 'retryAt', delaySeconds: 7, scope: 'chat', reason: 'flood' };
  const garbled: Outcome = { kind: 'retryAt', delaySeconds: null, scope: 'chat', reason: 'http-403' };
  const unreached: Outcome = { kind: 'retryAt', delaySeconds: null, scope: 'everyone', reason: 'ENOTFOUND' };
  const refused: Outcome = { kind: 'refusedContent', description: 'too long' };
  const reset: Outcome = { kind: 'unknown', reason: 'ECONNRESET' };

  it.each<[why: string, outcome: Outcome, of: Partial<Intent>, policy: UnknownPolicy, expected: object]>([
    ['sent', { kind: 'sent', messageId: 9 }, {}, 'ask', { kind: 'sent', messageId: 9, announced: [5] }],
    [
      '429: when Telegram says, and a little later',
      flood,
      {},
      'ask',
      { kind: 'again', notBefore: NOW + 7_250 },
    ],
    [
      '429 for the hundredth time: still',
      flood,
      { attempt: 100 },
      'ask',
      { kind: 'again', notBefore: NOW + 7_250 },
    ],
    [
      '429 keeps what is known of the message',
      flood,
      { plain: true, offTopic: true },
      'ask',
      { plain: true, offTopic: true },
    ],
    [
      'nothing got out: no wait of its own',
      unreached,
      { attempt: 50 },
      'ask',
      { kind: 'again', notBefore: null },
    ],
    [
      'unreadable refusal: backing off',
      garbled,
      { attempt: 3, reason: 'http-403', streak: 2 },
      'ask',
      { kind: 'again', notBefore: NOW + 20_000 },
    ],
    [
      'unreadable refusal, ten times in a row',
      garbled,
      { attempt: 10, reason: 'http-403', streak: 9 },
      'ask',
      { kind: 'dead', reason: 'unreadable: http-403' },
    ],
    [
      'unreadable refusal after many floods: not yet believed',
      garbled,
      { attempt: 50, reason: 'flood', streak: 49 },
      'ask',
      { kind: 'again', notBefore: NOW + 5_000 },
    ],
    ['gone', { kind: 'gone', reason: 'kicked' }, {}, 'ask', { kind: 'gone', chatId: 3, reason: 'kicked' }],
    [
      'moved',
      { kind: 'moved', chatId: -7 },
      {},
      'ask',
      { kind: 'moved', chatId: 3, to: -7, notBefore: null },
    ],
    [
      'moved after many floods: at once',
      { kind: 'moved', chatId: -7 },
      { attempt: 50, reason: 'flood', streak: 49 },
      'ask',
      { kind: 'moved', chatId: 3, to: -7, notBefore: null },
    ],
    ['moved to itself', { kind: 'moved', chatId: 3 }, {}, 'ask', { kind: 'again', notBefore: NOW + 5_000 }],
    [
      'moved for the sixth time in a row: slowly',
      { kind: 'moved', chatId: -7 },
      { attempt: 6, reason: 'moved', streak: 5 },
      'ask',
      { kind: 'moved', to: -7, notBefore: NOW + 5_000 },
    ],
    [
      'topic closed',
      { kind: 'topicLost', closed: true },
      {},
      'ask',
      { kind: 'topicLost', threadId: 4, closed: true },
    ],
    [
      'General closed',
      { kind: 'topicLost', closed: true },
      { offTopic: true },
      'ask',
      { kind: 'topicLost', threadId: 0 },
    ],
    [
      'refused: once more, plain',
      refused,
      {},
      'ask',
      { kind: 'again', notBefore: null, plain: true, doubt: false },
    ],
    ['refused plain', refused, { plain: true }, 'ask', { kind: 'dead', reason: 'refused: too long' }],
    ['stale', { kind: 'stale', description: 'gone' }, {}, 'ask', { kind: 'dead', reason: 'refused: gone' }],
    ['unknown: asked about', reset, {}, 'ask', { kind: 'unknown', reason: 'ECONNRESET' }],
    ['unknown: sent again', reset, {}, 'resend', { kind: 'again', notBefore: NOW + 5_000, doubt: true }],
    [
      'unknown for the fourth time',
      reset,
      { doubts: 3 },
      'resend',
      { kind: 'again', notBefore: NOW + 40_000 },
    ],
    ['unknown for the fifth time: asked about', reset, { doubts: 4 }, 'resend', { kind: 'unknown' }],
    [
      'stopped',
      { kind: 'stop', reason: 'Unauthorized' },
      {},
      'ask',
      { kind: 'again', notBefore: null, reason: 'halted' },
    ],
  ])('%s', (_why, outcome, of, policy, expected) => {
    const settlement = settlementOf({ ...intent, ...of }, outcome, policy, [5], NOW);
    expect(settlement).toMatchObject({ id: 1, ...expected });
  });

  it('backs off up to an hour', () => {
    expect([1, 2, 3, 10, 1_000].map(backOffMs)).toEqual([5_000, 10_000, 20_000, 2_560_000, 3_600_000]);
  });
});

describe('a notice', () => {
  const missing = (id: number, slot: number): UnknownDelivery => ({
    id,
    subscriptionId: 2,
    chatId: 3,
    threadId: 4,
    language: 'vi',
    zone: 'Asia/Ho_Chi_Minh',
    slot,
    isAlert: false,
    part: 0,
    partCount: 1,
    reason: 'crash',
    since: 0,
    announcedAt: null,
  });
  const notice = {
    html: '<b>Bản tin</b> &amp; <a href="https://t.me/x">…</a>',
    buttons: [[{ text: 'Gửi lại', data: 'r1' }]],
  };
  const packed = (html: string, unannounced = [missing(8, 1)], buttons = 0) =>
    pack(
      {
        ...intent,
        unannounced,
      },
      { html, buttons: Array.from({ length: buttons }, () => [{ text: 'x', data: 'x' }]) },
      () => notice,
    );

  it('stands above the next digest and names one edition, the oldest', () => {
    const { parcel, announced } = packed('text', [missing(8, 1), missing(9, 1), missing(10, 2)]);
    expect(parcel).toEqual({
      chatId: 3,
      threadId: 4,
      part: { html: 'text', buttons: [] },
      silent: false,
      plain: false,
      notice,
    });
    expect(announced).toEqual([8, 9]);
  });

  it.each([
    ['a digest with the room that planning leaves', 'x'.repeat(4_096 - NOTICE_ROOM), 0, true],
    ['a full digest', 'x'.repeat(4_096), 0, false],
    ['a digest full of markup', `<a href="${'x'.repeat(1_000)}">t</a>`.repeat(20), 0, true],
    ['a digest with a hundred links', '<a href="x">t</a>'.repeat(100), 0, false],
    ['a digest of 32 KiB', `<a href="${'x'.repeat(32_700)}">t</a>`, 0, false],
    ['a digest full of references', '&lt;&amp;&#x41;'.repeat(1_000), 0, true],
    ['a digest with a hundred buttons', 'text', 100, false],
  ])('over %s', (_what, html, buttons, fits) => {
    const { parcel, announced } = packed(html, undefined, buttons);
    expect(parcel.notice !== null).toBe(fits);
    expect(announced).toEqual(fits ? [8] : []);
  });

  it('is not there when there is nothing to say', () => {
    expect(packed('text', [])).toMatchObject({ parcel: { notice: null }, announced: [] });
    expect(pack({ ...intent, unannounced: [missing(8, 1)] }, notice, () => null).announced).toEqual([]);
  });

  it('goes where the digest goes', () => {
    const offTopic = pack({ ...intent, offTopic: true, plain: true }, notice, () => null);
    expect(offTopic.parcel).toMatchObject({ threadId: 0, plain: true });
  });
});
