/** Who cannot see, or has no mouse: axe finds nothing serious, and the keyboard reaches everything. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Axe from 'axe-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { begun, newest, openChat, Stand } from './stand.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let stand: Stand;

beforeAll(async () => {
  stand = await Stand.open();
});
afterAll(() => stand.close());
afterEach(() => stand.expectNoComplaints());

/** What axe complains of, one line a rule with the first place. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations: found } = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof Axe };
    return axe.run(document, { resultTypes: ['violations'] });
  });
  return found.map(
    ({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  );
}

const PLACES = ['private', 'group', 'topic', 'channel', 'inline', 'dialog'] as const;

async function go(page: Page, place: (typeof PLACES)[number], isWide: boolean): Promise<void> {
  const open = async (name: string): Promise<void> => {
    if (!isWide && (await page.locator('.back').isVisible())) await page.locator('.back').click();
    await openChat(page, name);
    await page.locator('.bar:visible, .barrier > *:visible').first().waitFor();
  };
  switch (place) {
    case 'private': {
      await open('Lan');
      const start = page.locator('.barrier .big');
      if (await start.isVisible()) await start.click();
      await newest(page).waitFor();
      await page.locator('.suggestion').nth(1).click();
      await page.locator('.message.bot').nth(1).waitFor();
      return;
    }
    case 'group':
      await open('Nhóm đọc báo');
      await page.locator('.suggestion', { hasText: '/latest' }).click();
      await newest(page).waitFor();
      return;
    case 'topic':
      return open('Thời sự');
    case 'channel':
      await open('Kênh Tin Sáng');
      await page.locator('.persona').selectOption({ index: 1 });
      return;
    case 'inline':
      await open('Nhóm đọc báo');
      await page.locator('.suggestion', { hasText: '@diemtin_bot' }).click();
      await page.locator('.offer').first().waitFor();
      return;
    case 'dialog':
      await open('Lan');
      if (!isWide) await page.locator('.open-controls').click();
      await page.locator('.card .danger').click();
      await page.locator('dialog').waitFor();
  }
}

it.each([
  {
    name: 'wide and light',
    options: { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
    isWide: true,
  },
  {
    name: 'wide and dark',
    options: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
    isWide: true,
  },
  {
    name: 'narrow and light',
    options: { colorScheme: 'light', viewport: { width: 360, height: 740 } },
    isWide: false,
  },
  {
    name: 'narrow and dark',
    options: { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
    isWide: false,
  },
] as const)('axe finds nothing: $name', async ({ options, isWide }) => {
  const page = await stand.visit({ ...options, locale: 'vi-VN', reducedMotion: 'reduce' });
  const found: Record<string, string[]> = {};
  if (!isWide) found.list = await violations(page);
  for (const place of PLACES) {
    await go(page, place, isWide);
    // Colours change over a moment.
    await page.waitForTimeout(300);
    found[place] = await violations(page);
  }
  await page.context().close();
  expect(Object.entries(found).filter(([, each]) => each.length > 0)).toEqual([]);
});

it('the keyboard alone begins a chat, writes, presses a button under a message, and goes to another chat', async () => {
  const page = await stand.visit({ locale: 'en-GB' });
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  const tabTo = async (text: string | RegExp): Promise<void> => {
    for (let presses = 0; presses < 80; presses++) {
      await page.keyboard.press('Tab');
      const here = await focused();
      if (typeof text === 'string' ? here === text : text.test(here)) return;
    }
    throw new Error(`the keyboard does not reach ${String(text)}`);
  };
  await page.locator('.barrier .big').waitFor();
  if ((await focused()) !== 'START') await tabTo('START');
  await page.keyboard.press('Enter');
  await begun(page);
  await page.locator('.field').focus();
  await page.keyboard.type('/latest');
  await page.keyboard.press('Enter');
  await newest(page).locator('strong', { hasText: 'Latest' }).waitFor();
  await page.locator('.timeline-scroll').focus();
  await tabTo(/^Next/u);
  await page.keyboard.press('Enter');
  await newest(page).getByText('6–10 of').waitFor();
  // What was pressed is replaced, and the focus stays in its place.
  expect(await focused()).toMatch(/Prev|Next|\d/u);
  await page.locator('.chat').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Nhóm đọc báo' }).waitFor();
  await page.context().close();
});

it('a screen reader hears new messages, and not the old ones', async () => {
  const page = await stand.visit({ locale: 'en-GB' });
  await openChat(page, 'Thể thao');
  const log = page.getByRole('log');
  expect(await log.getAttribute('aria-relevant')).toBe('additions');
  await expect.poll(() => log.getAttribute('aria-live')).toBe('polite');
  expect(await page.locator('.toasts').getAttribute('aria-live')).toBe('polite');
  await page.context().close();
});
