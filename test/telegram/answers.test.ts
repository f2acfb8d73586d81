import { TelegramError } from 'telegraf';
import { describe, expect, it } from 'vitest';
import { isGone } from '../../src/telegram/answers.ts';
import { HeldError, UnansweredError } from '../../src/telegram/client.ts';

const said = (error_code: number, description: string): TelegramError =>
  new TelegramError({ error_code, description });

describe('an error of an answer', () => {
  it.each([
    ['blocked', said(403, 'Forbidden: bot was blocked by the user'), true],
    ['thrown out', said(403, 'Forbidden: bot was kicked from the supergroup chat'), true],
    [
      'without the right to write',
      said(400, 'Bad Request: not enough rights to send text messages to the chat'),
      true,
    ],
    ['in a topic that is closed', said(400, 'Bad Request: TOPIC_CLOSED'), true],
    ['to a press of long ago', said(400, 'Bad Request: query is too old and response timeout expired'), true],
    ['that waits out a flood', new HeldError('sendMessage was held back'), true],
    ['to what we wrote wrongly', said(400, "Bad Request: can't parse entities: Unclosed start tag"), false],
    ['that Telegram could not give', said(500, 'Internal Server Error: restart'), false],
    ['in a flood', said(429, 'Too Many Requests: retry after 5'), false],
    ['that nobody gave', new UnansweredError('sendMessage', { kind: 'aborted', written: true }), false],
    ['of our own', new TypeError('x is not a function'), false],
    ['that is no error', 'thrown', false],
  ])('%s: the chat is gone: %s', (_, error, expected) => {
    expect(isGone(error)).toBe(expected);
  });
});
