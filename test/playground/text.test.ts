/** What becomes of a text between the call and the message: cleaning, trimming, limits, entities. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBotApi } from '../../src/playground/botApi.ts';
import type { BotApi } from '../../src/playground/botApi.ts';
import { finishText } from '../../src/playground/finishText.ts';
import type { Entity, EntityType, Message } from '../../src/playground/wire.ts';
import { callBotApi, refusalOf } from '../tools/botApiClient.ts';
import { show } from './notation.ts';

let api: BotApi;
let chatId: number;

beforeAll(async () => {
  api = await startBotApi();
  chatId = api.world.addUser({ started: true }).id;
});
afterAll(() => api.close());

async function sent(params: object): Promise<string> {
  const { result, description } = await callBotApi(api, 'sendMessage', { chat_id: chatId, ...params });
  if (result === undefined) return `✗ ${description}`;
  const message = result as Message;
  return [message.text, ...(message.entities ?? []).map(show)].join(' | ');
}

describe('a text', () => {
  it.each<[text: string, expected: string, because?: string]>([
    ['  a b \n', 'a b', 'the ends are trimmed'],
    ['a\tb\u0007c\u001bd', 'a b c d', 'control characters become spaces'],
    ['a\r\nb', 'a\nb', 'a carriage return vanishes'],
    ['a\u2028b\u202ec', 'abc', 'so do line separators and direction overrides'],
    ['a\u200e\u200f\u200eb', 'a\u200c\u200c\u200eb', 'of several direction marks only the last one counts'],
    ['Thơ\u0301i', 'Thơ\u0301i', 'combining accents stay'],
    ['', '✗ Bad Request: message text is empty'],
    ['   ', '✗ Bad Request: text must be non-empty'],
    ['\u200b\u2060', '\u200b\u2060', 'a word joiner counts as something to see, unlike other spaces'],
    ['\u200b\u00a0\u3000', '✗ Bad Request: text must be non-empty'],
    ['a\ud83d', '✗ Bad Request: strings must be encoded in UTF-8', 'half a surrogate pair'],
  ])('%j becomes %j', async (text, expected) => {
    expect(await sent({ text })).toBe(expected);
  });

  it('is counted in code points after parsing: 4096 fit, one more does not', async () => {
    expect(await sent({ text: 'x'.repeat(4096) })).toHaveLength(4096);
    expect(await sent({ text: 'x'.repeat(4097) })).toBe('✗ Bad Request: message is too long');
    expect(await sent({ text: '👍'.repeat(4096) })).toHaveLength(8192);
    expect(await sent({ text: `<b>${'x'.repeat(4096)}</b>`, parse_mode: 'HTML' })).toContain('bold@0+4096');
    expect(await sent({ text: ` ${'x'.repeat(4096)} ` })).toHaveLength(4096);
  });

  it('may have 32768 bytes of source, markup included', async () => {
    const tags = '<b></b>'.repeat(4681);
    expect(await sent({ text: `${tags}a`, parse_mode: 'HTML' })).toBe('a');
    expect(await sent({ text: `${tags}ab`, parse_mode: 'HTML' })).toBe('✗ Bad Request: text is too long');
  });

  it('is read by the parse mode, whatever its case', async () => {
    expect(await sent({ text: '<b>a</b>', parse_mode: 'html' })).toBe('a | bold@0+1');
    expect(await sent({ text: '<b>a</b>' })).toBe('<b>a</b>');
    expect(await sent({ text: 'a', parse_mode: 'BBCode' })).toBe('✗ Bad Request: unsupported parse_mode');
    expect(await sent({ text: '*a*', parse_mode: 'MarkdownV2' })).toContain('does not play Markdown');
  });

  it('has its links, mentions, hashtags and commands marked, but not inside a link or code', async () => {
    expect(
      await sent({ text: 'see https://e.vn/a, vnexpress.net @somebody #tin_moi /help@diemtin_bot' }),
    ).toBe(
      'see https://e.vn/a, vnexpress.net @somebody #tin_moi /help@diemtin_bot | url@4+14 | url@20+13 | mention@34+9 | hashtag@44+8 | bot_command@53+17',
    );
    expect(await sent({ text: '<a href="a.vn">e.vn</a> <code>/x</code>', parse_mode: 'HTML' })).toBe(
      'e.vn /x | text_link@0+4:http://a.vn/ | code@5+2',
    );
    expect(await sent({ text: '1/2 a/b /usr/bin </x> Việt/x' })).toBe('1/2 a/b /usr/bin </x> Việt/x');
  });
});

describe('entities of HTML are repaired', () => {
  it.each<[html: string, expected: string, because: string]>([
    ['<b>  a  </b>', '  a | bold@0+3', 'spaces that an entity begins with stay'],
    ['x <b>a </b>', 'x a | bold@2+1', 'an entity ends with the trimmed text'],
    ['<b>a</b><b>b</b>', 'ab | bold@0+2', 'what touches is merged'],
    ['<b>a<b>b</b></b>', 'ab | bold@0+2', 'bold in bold is bold'],
    ['<code>a<b>b</b></code>', 'ab | code@0+2', 'nothing is inside code'],
    ['<b>a<code>b</code>c</b>', 'abc | bold@0+1 | code@1+1 | bold@2+1', 'code splits what surrounds it'],
    ['<a href="a.vn">x<a href="b.vn">y</a></a>', 'xy | text_link@0+2:http://a.vn/', 'no link inside a link'],
    ['<blockquote>a<blockquote>b</blockquote></blockquote>', 'ab | blockquote@0+2', 'quotations do not nest'],
    [
      '<b>a<a href="b.vn">b</a></b>',
      'ab | bold@0+1 | text_link@1+1:http://b.vn/ | bold@1+1',
      'a link cuts bold in two, and stays outside',
    ],
    ['<b>a</b> \u0007 <i>b</i>', 'a   b | bold@0+1 | italic@4+1', 'offsets move along'],
    ['a\r<b>b\rc</b>', 'abc | bold@1+2', 'also over what is taken out'],
  ])('%j → %s: %s', async (html, expected) => {
    expect(await sent({ text: html, parse_mode: 'HTML' })).toBe(expected);
  });

  it('counts to a hundred and says nothing about the rest: links first, then bold', async () => {
    const links = (count: number): string =>
      Array.from({ length: count }, (_, index) => `<a href="a.vn/${index}">x</a>`).join(' ');
    expect((await sent({ text: links(101), parse_mode: 'HTML' })).split('text_link')).toHaveLength(101);
    const mixed = `${'<b>b</b> '.repeat(20)}${links(90)}`;
    const seen = await sent({ text: mixed, parse_mode: 'HTML' });
    expect(seen.split('text_link')).toHaveLength(91);
    expect(seen.split('bold')).toHaveLength(11);
  });
});

describe('entities that are given', () => {
  it('are taken instead of a parse mode', async () => {
    const entities = [
      { type: 'bold', offset: 0, length: 2 },
      { type: 'text_link', offset: 3, length: 1, url: 'a.vn' },
      { type: 'pre', offset: 5, length: 1, language: 'js' },
      { type: 'hashtag', offset: 0, length: 1 },
    ];
    expect(await sent({ text: '👍 b c', entities })).toBe(
      '👍 b c | bold@0+2 | text_link@3+1:http://a.vn/ | pre@5+1:js',
    );
    expect(await sent({ text: '👍 b c', entities: JSON.stringify(entities) })).toContain('bold@0+2');
    expect(await sent({ text: 'ab', entities, parse_mode: 'HTML' })).toBe('ab');
  });

  it.each<[entity: object, expected: string]>([
    [
      { type: 'bold', offset: 100, length: 1 },
      'entity begins after the end of the text at UTF-16 offset 100',
    ],
    [
      { type: 'bold', offset: 0, length: 100 },
      'entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100',
    ],
    [{ type: 'bold', offset: -1, length: 1 }, 'receive an entity with incorrect offset -1'],
    [{ type: 'bold', offset: 1, length: 3 }, 'entity begins in a middle of a UTF-16 symbol at byte offset 4'],
    [{ type: 'no_such', offset: 0, length: 1 }, "can't parse MessageEntity: Unsupported type specified"],
    [{ type: 'text_link', offset: 0, length: 2 }, 'can\'t parse MessageEntity: Can\'t find field "url"'],
    [{ type: 'text_link', offset: 0, length: 2, url: 'x' }, "entity URL 'x' is invalid: Wrong HTTP URL"],
    [{ type: 'text_link', offset: 0, length: 2, url: '' }, "entity URL '' is invalid: URL host is empty"],
    [{ type: 'text_mention', offset: 0, length: 2 }, 'can\'t parse MessageEntity: Can\'t find field "user"'],
    [{ type: 'text_mention', offset: 0, length: 2, user: { id: 0 } }, 'user not found'],
    [{ type: 'bold', length: 2 }, 'can\'t parse MessageEntity: Can\'t find field "offset"'],
  ])('%j ✗ %s', async (entity, expected) => {
    expect(await refusalOf(api, 'sendMessage', { chat_id: chatId, text: '👍 ab', entities: [entity] })).toBe(
      `400 Bad Request: ${expected}`,
    );
  });
});

describe('whatever entities are given', () => {
  const types = fc.constantFrom<EntityType>(
    'bold',
    'italic',
    'code',
    'pre',
    'text_link',
    'blockquote',
    'spoiler',
  );
  const entity = fc
    .record({ type: types, offset: fc.integer({ min: 0, max: 19 }), length: fc.integer({ min: 1, max: 20 }) })
    .map<Entity>(({ type, offset, length }) => ({
      type,
      offset,
      length: Math.min(length, 20 - offset),
      ...(type === 'text_link' ? { url: 'http://a.vn/' } : {}),
    }));

  it('what comes out is sorted, inside the text, nested without crossing, and stays the same when given again', () => {
    fc.assert(
      fc.property(fc.array(entity, { maxLength: 12 }), (given) => {
        const { text, entities } = finishText('abcdefghijklmnopqrst', given);
        entities.forEach((one, index) => {
          expect(one.offset + one.length).toBeLessThanOrEqual(text.length);
          for (const other of entities.slice(index + 1)) {
            expect(other.offset).toBeGreaterThanOrEqual(one.offset);
            const isApart = other.offset >= one.offset + one.length;
            expect(isApart || other.offset + other.length <= one.offset + one.length).toBe(true);
          }
        });
        expect(finishText(text, entities).entities).toEqual(entities);
      }),
    );
  });
});
