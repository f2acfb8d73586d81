/** The controls, and what they make of the bot; reloading, restarting, and starting over. */
import { mkdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type * as RichTextModule from '../../src/playground/page/richText.ts';
import { compiled } from '../tools/compiled.ts';
import { begin, begun, chip, newest, openChat, press, Stand } from './stand.ts';

type RichText = typeof RichTextModule;

let stand: Stand;
let page: Page;

beforeAll(async () => {
  stand = await Stand.open();
});
afterAll(() => stand.close());
beforeEach(async () => {
  page = await stand.visit({ locale: 'en-GB' });
});
afterEach(async () => {
  await page.context().close();
  stand.expectNoComplaints();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });

describe('the bot', () => {
  it('is blocked and unblocked', async () => {
    await begin(page);
    await page.getByLabel('Tom blocks the bot').check();
    await button('Unblock the bot').click();
    await chip(page, '/status').waitFor();
    expect(await page.getByLabel('Tom blocks the bot').isChecked()).toBe(false);
  });

  it('comes to a group and leaves it, which the group sees', async () => {
    await openChat(page, 'Nhóm đọc báo');
    await page.getByLabel('not here').check();
    await page.locator('.service', { hasText: 'Điểm Tin left the group' }).waitFor();
    await page.getByLabel('a member').check();
    await page.locator('.service', { hasText: 'Lan added Điểm Tin' }).waitFor();
  });

  it('obeys admins only, also anonymous ones, and follows a group that is upgraded', async () => {
    await openChat(page, 'Nhóm đọc báo');
    await page.locator('.persona').selectOption({ label: 'Tom (member)' });
    await chip(page, '/subscribe').click();
    await newest(page).getByText('Only admins').waitFor();
    await button('Upgrade to a supergroup').click();
    await page.locator('.service', { hasText: 'became a supergroup' }).waitFor();
    await page.locator('.persona').selectOption({ label: 'Lan (anonymous)' });
    await chip(page, '/subscribe').click();
    await newest(page).getByText('Đã đăng ký').first().waitFor();
    await expect.poll(() => page.locator('.message .author', { hasText: 'Nhóm đọc báo' }).count()).toBe(1);
  });

  it('answers each topic in its place; a closed one is for admins', async () => {
    await openChat(page, 'Thời sự');
    await page.locator('.persona').selectOption({ label: 'Tom (member)' });
    await chip(page, '/latest').click();
    await newest(page).locator('strong', { hasText: 'Latest' }).waitFor();
    await button('Close the topic “Thời sự”').click();
    await page.getByText('only admins write here').waitFor();
    await button('Reopen the topic “Thời sự”').click();
    await chip(page, '/latest').waitFor();
    await openChat(page, 'Thể thao');
    // The messages of the chat before stand there until those of this one have come.
    await page.locator('.service', { hasText: 'The topic “Thể thao” was' }).waitFor();
    expect(await page.locator('.message.bot').count()).toBe(0);
  });
});

describe('a person', () => {
  it('answers a message, and is shown what was answered', async () => {
    await begin(page);
    await newest(page).hover();
    await newest(page).getByRole('button', { name: 'Reply' }).click();
    await page.getByText('Replying to Điểm Tin').waitFor();
    await page.getByLabel('Message', { exact: true }).fill('/search');
    await page.keyboard.press('Enter');
    await page.locator('.message.mine .quoted-author', { hasText: 'Điểm Tin' }).last().waitFor();
  });

  it('chooses a command and a card with the keyboard alone', async () => {
    await begin(page);
    const field = page.getByLabel('Message', { exact: true });
    await field.focus();
    await page.keyboard.type('/st');
    await page.locator('.offer', { hasText: '/status' }).waitFor();
    await page.keyboard.press('Enter');
    await newest(page).locator('strong', { hasText: 'Status' }).waitFor();
    await page.keyboard.type('@diemtin_bot flood');
    await page.locator('.offer').nth(1).waitFor();
    await page.keyboard.press('ArrowDown');
    const title = await page.locator('.offer[aria-selected="true"] .card-title').textContent();
    expect(await field.getAttribute('aria-activedescendant')).toBe('offer-1');
    await page.keyboard.press('Enter');
    const card = page.locator('.message.mine').last();
    await card.getByText('via @diemtin_bot').waitFor();
    expect(await card.locator('strong').textContent()).toBe(title);
    await card.locator('.key').click();
    await button('START').waitFor();
    expect(await button('START').evaluate((it) => it === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await newest(page)
      .getByText(title?.slice(0, 30) ?? '')
      .first()
      .waitFor();
  });

  it('is offered more cards where the first ones end', async () => {
    await begin(page);
    await page.getByLabel('Message', { exact: true }).fill('@diemtin_bot ');
    await page.locator('.offer').nth(19).waitFor();
    expect(await page.locator('.offer').count()).toBe(20);
    await page.locator('.offers').hover();
    await page.mouse.wheel(0, 5_000);
    await page.locator('.offer').nth(20).waitFor();
    expect(await page.locator('.offer').count()).toBe(21);
    await page.locator('.offer').nth(20).click();
    await page.locator('.message.mine', { hasText: 'via @diemtin_bot' }).last().waitFor();
  });

  it('takes the first card with Enter, not what stands above it', async () => {
    await begin(page);
    await page.getByLabel('Message', { exact: true }).fill('@diemtin_bot flood after:1/1/2020');
    await page.locator('.offer', { hasText: 'Understood as' }).waitFor();
    const title = await page.locator('.offer[aria-selected="true"] .card-title').textContent();
    await page.keyboard.press('Enter');
    // The card of an earlier test may be the last one for another moment.
    const card = page.locator('.message.mine', { hasText: 'via @diemtin_bot' }).last();
    await expect.poll(() => card.locator('strong').textContent()).toBe(title);
  });

  it('is led to the bot when inline mode finds nothing', async () => {
    await begin(page);
    await page.getByLabel('Message', { exact: true }).fill('@diemtin_bot zzzqqq');
    await page.locator('.offer', { hasText: 'No article matches' }).waitFor();
    mkdirSync('screenshots', { recursive: true });
    await page.screenshot({ path: 'screenshots/inline-nothing.png' });
    await page.keyboard.press('Enter');
    await button('START').waitFor();
    await page.keyboard.press('Enter');
    await newest(page).getByText('No article matches “zzzqqq”').waitFor();
  });

  it('shares an article with a group, as a text to send', async () => {
    await begin(page);
    await chip(page, '/latest').click();
    await newest(page).locator('strong', { hasText: 'Latest' }).waitFor();
    await press(page, /^2$/u);
    await press(page, 'Share');
    await page.locator('dialog').getByRole('button', { name: 'Nhóm đọc báo' }).click();
    const field = page.getByLabel('Message', { exact: true });
    // A dialog tells a moment later what was chosen in it.
    await expect.poll(() => field.inputValue()).toMatch(/^https:\/\/t\.me\/diemtin_bot\?start=a_[\s\S]+\n./u);
    await page.locator('.menu').focus();
  });

  it('is told that nothing is planned when nobody is subscribed', async () => {
    await button('Start over').click();
    await page.locator('dialog').getByRole('button', { name: 'Start over' }).click();
    await page.locator('.toast', { hasText: 'as on the first day' }).waitFor();
    await button('Jump to the next digest').click();
    await page.locator('.toast', { hasText: 'Nobody is subscribed yet' }).waitFor();
  });
});

describe('Telegram’s moods', () => {
  it('a refusal is waited out, a lost answer leaves a doubt, and both stand in the ledger', async () => {
    await begin(page);
    await chip(page, '/subscribe').click();
    await newest(page).getByText('Subscribed').first().waitFor();
    await button('Refuse the next message (429, 10 s)').click();
    await page.getByText('1 trouble is waiting').waitFor();
    await button('Jump to the next digest').click();
    await page.locator('.ledger .state.deferred').first().waitFor();
    await page.locator('.ledger .state.sent').first().waitFor({ timeout: 30_000 });
    await newest(page).getByText('News digest').first().waitFor();
    await page.locator('.calls-host summary').click();
    await page.locator('.calls .bad', { hasText: '429' }).first().waitFor();
    await page.getByLabel('Title').fill('Another day');
    await button('Publish').click();
    await page.locator('.toast', { hasText: 'The bot took in' }).waitFor();
    await button('Lose the answer to the next message').click();
    await button('Jump to the next digest').click();
    await page.locator('.ledger .state.unknown').first().waitFor();
  });

  it('an outage ends nothing', async () => {
    await begin(page);
    await page.getByLabel('Outage').check();
    await chip(page, '/status').click();
    await page.locator('.message.mine', { hasText: '/status' }).last().waitFor();
    const before = await page.locator('.message.bot').count();
    await page.waitForTimeout(1_000);
    expect(await page.locator('.message.bot').count()).toBe(before);
    await page.getByLabel('Outage').uncheck();
    await page.locator('.message.bot').nth(before).waitFor({ timeout: 40_000 });
  });
});

describe('what was said', () => {
  it('is there after a reload, in the same chat, and after a restart of the program', async () => {
    await begin(page);
    await openChat(page, 'Thể thao');
    await chip(page, '/status').click();
    await newest(page).getByText('Trạng thái').first().waitFor();
    await page.reload();
    await newest(page).getByText('Trạng thái').first().waitFor();
    expect(await page.locator('.where h1').textContent()).toContain('Thể thao');
    await stand.stop();
    await page.getByText('The program cannot be reached').waitFor();
    await stand.start();
    await page.getByText('The program cannot be reached').waitFor({ state: 'hidden' });
    await newest(page).getByText('Trạng thái').first().waitFor();
    await chip(page, '/latest').click();
    await newest(page).locator('strong', { hasText: 'Tin mới nhất' }).waitFor();
    stand.forgive(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET/u);
  });

  it('is gone after starting over', async () => {
    await begin(page);
    await button('Start over').click();
    await page.locator('dialog').getByRole('button', { name: 'Start over' }).click();
    await page.locator('.toast', { hasText: 'as on the first day' }).waitFor();
    await button('START').waitFor();
    await expect.poll(() => page.locator('.message').count()).toBe(0);
    // The field is as high as a line, although it was hidden when its chat was opened.
    await openChat(page, 'Tom');
    await button('START').click();
    await begun(page);
    const box = await page.locator('.field').boundingBox();
    expect(box?.height).toBeGreaterThan(30);
  });
});

describe('colours and words', () => {
  it('are chosen once and stay', async () => {
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.getByRole('button', { name: 'Switch between light and dark' }).click();
    const dark = await background();
    expect(dark).not.toBe(light);
    await page.getByRole('button', { name: 'VI, Tiếng Việt' }).click();
    await page.getByRole('heading', { name: 'Điều khiển' }).waitFor();
    expect(await background()).toBe(dark);
  });
});

describe('the markup of a message', () => {
  it('is shown as Telegram shows it', async () => {
    const body = await compiled('playground/page/richText');
    await page.route('**/richText.js', (route) => route.fulfill({ contentType: 'text/javascript', body }));
    const shown = await page.evaluateHandle<RichText>("import(new URL('richText.js', location.href).href)");
    const seen = await page.evaluate(({ richText }) => {
      const text = 'ẩn giấu, mã, một trích dẫn dài\n2\n3\n4\n5\n\njavascript';
      const entities = [
        { type: 'spoiler', offset: 0, length: 7 },
        { type: 'code', offset: 9, length: 2 },
        { type: 'expandable_blockquote', offset: 13, length: 25 },
        { type: 'text_link', offset: 40, length: 10, url: 'javascript:alert(1)' },
      ] as const;
      const said: string[] = [];
      const texts = { spoiler: 'show', showMore: 'more', showLess: 'less' };
      const context = {
        texts,
        store: { hello: { bot: { username: 'b' } } },
        say: (it: string) => said.push(it),
      };
      const host = document.createElement('div');
      host.className = 'text';
      host.append(
        ...richText({ text, entities: [...entities] }, {} as never, context as never).filter(
          (it) => it !== null,
        ),
      );
      document.body.append(host);
      const isHidden = host.querySelector('.spoiler-text') !== null;
      host.querySelector<HTMLElement>('.spoiler')?.click();
      const isShown = host.querySelector('.spoiler-text') === null && host.textContent.startsWith('ẩn giấu');
      const quote = host.querySelector('blockquote');
      const folded = quote?.clientHeight ?? 0;
      host.querySelector<HTMLElement>('.more')?.click();
      const unfolded = quote?.clientHeight ?? 0;
      // Of two line breaks behind a paragraph one ends it.
      const behind = host.querySelector('.foldable')?.nextSibling?.textContent;
      const links = host.querySelectorAll('a').length;
      const code = host.querySelector('code')?.textContent;
      host.remove();
      return { isHidden, isShown, grows: unfolded > folded, behind, links, code };
    }, shown);
    expect(seen).toEqual({
      isHidden: true,
      isShown: true,
      grows: true,
      behind: '\n',
      links: 0,
      code: 'mã',
    });
  });
});
