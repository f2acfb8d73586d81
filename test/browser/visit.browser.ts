/** What a new user does, with the mouse alone, in both languages. */
import { mkdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { newest, openChat, press, Stand } from './stand.ts';

let stand: Stand;

beforeAll(async () => {
  stand = await Stand.open();
});
afterAll(() => stand.close());
afterEach(() => stand.expectNoComplaints());

const LANGUAGES = [
  {
    locale: 'vi-VN',
    person: 'Lan',
    latest: 'Tin mới nhất',
    next: 'Sau ▶️',
    page2: '2/',
    search: 'tong thong my',
    found: 'Tổng thống Mỹ',
    subscribed: 'Đã đăng ký',
    jump: 'Tới bản tin kế tiếp',
    digest: 'Điểm tin',
    start: 'BẮT ĐẦU',
  },
  {
    locale: 'en-GB',
    person: 'Tom',
    latest: 'Latest',
    next: 'Next ▶️',
    page2: '2/',
    search: 'g20 miami',
    found: 'Miami G20',
    subscribed: 'Subscribed',
    jump: 'Jump to the next digest',
    digest: 'News digest',
    start: 'START',
  },
];

describe.each(LANGUAGES)('a first visit in $locale', (words) => {
  let page: Page;

  beforeAll(async () => {
    page = await stand.visit({ locale: words.locale });
  });
  afterAll(() => page.close());

  it('begins in the private chat of whoever speaks that language', async () => {
    expect(await page.locator('html').getAttribute('lang')).toBe(words.locale.slice(0, 2));
    expect(await page.locator('.chat[aria-current="true"]').textContent()).toContain(words.person);
    await page.getByRole('button', { name: words.start, exact: true }).click();
    await newest(page).waitFor();
    expect(await newest(page).textContent()).toContain('/latest');
  });

  it('lists the newest, opens an article and turns its pages in place', async () => {
    await page.locator('.suggestion', { hasText: '/latest' }).click();
    await newest(page).locator('strong', { hasText: words.latest }).waitFor();
    await press(page, /^1$/u);
    await newest(page).getByText('Đoạn 0').waitFor();
    const before = await page.locator('.message').count();
    await press(page, words.next);
    await newest(page).locator('.edited').waitFor();
    expect(await newest(page).locator('.keyboard').textContent()).toContain(words.page2);
    expect(await page.locator('.message').count()).toBe(before);
  });

  it('searches without diacritics and marks what matched', async () => {
    await page.locator('.suggestion', { hasText: words.search }).click();
    await newest(page).locator('strong', { hasText: words.found }).first().waitFor();
  });

  it('subscribes, and has the digest when the clock has moved on', async () => {
    await page.locator('.suggestion', { hasText: '/subscribe' }).click();
    await newest(page).getByText(words.subscribed).first().waitFor();
    const clock = async () => (await page.locator('.clock-day, .clock-time').allTextContents()).join(' ');
    const before = await clock();
    await page.getByRole('button', { name: words.jump }).click();
    await newest(page).getByText(words.digest).first().waitFor();
    await newest(page).getByText('Một phóng sự dài').first().waitFor();
    // In the small hours the next digest is of the same day.
    await expect.poll(clock).not.toBe(before);
    expect(await page.locator('.clock-time').textContent()).toBe('07:00');
    await page.locator('.ledger .state.sent').first().waitFor();
  });

  it('opens an article of the digest in the chat', async () => {
    await newest(page).locator('.text .link', { hasText: 'Một phóng sự dài' }).click();
    await page.getByRole('button', { name: words.start, exact: true }).click();
    await newest(page).getByText('Đoạn 0').waitFor();
  });
});

describe('a channel', () => {
  it('gets the digest once the bot may post, and its readers read in private', async () => {
    const page = await stand.visit({ locale: 'en-GB' });
    await openChat(page, 'Kênh Tin Sáng');
    await page.locator('.suggestion', { hasText: '/subscribe' }).click();
    await page.locator('.message', { hasText: '/subscribe' }).waitFor();
    expect(await page.locator('.message.bot').count()).toBe(0);
    await page.getByLabel('an admin who may post').check();
    await page.locator('.suggestion', { hasText: '/subscribe' }).click();
    await newest(page).getByText('Đã đăng ký').first().waitFor();
    await page.getByRole('button', { name: 'Jump to the next digest' }).click();
    await newest(page).getByText('Một phóng sự dài').first().waitFor();
    await page.locator('.persona').selectOption({ label: 'Tom (reader)' });
    await page.getByText('Tom only reads here.').waitFor();
    await newest(page).locator('.text .link', { hasText: 'Một phóng sự dài' }).click();
    expect(await page.locator('.chat[aria-current="true"]').textContent()).toContain('Tom');
    await page.getByRole('button', { name: 'START', exact: true }).click();
    await newest(page).getByText('Đoạn 0').waitFor();
    await page.close();
  });
});

describe('an article written on the page', () => {
  it('arrives within seconds, and its markup stays text', async () => {
    const page = await stand.visit({ locale: 'vi-VN' });
    const title = 'Giá <script>alert("x")</script> & <b>vàng</b> <img src=x onerror=alert(1)>';
    await page.getByLabel('Tiêu đề').fill(title);
    await page.getByRole('button', { name: 'Đăng bài' }).click();
    await page.locator('.toast', { hasText: 'Bot đã nhận' }).waitFor();
    await page.locator('.newest', { hasText: title }).waitFor();
    await page.locator('.suggestion', { hasText: '/latest' }).click();
    await newest(page).locator('strong', { hasText: title }).waitFor();
    expect(await page.locator('.message script, .message img').count()).toBe(0);
    await press(page, /^1$/u);
    await newest(page).getByText(title).waitFor();
    await page.close();
  });

  it('is refused with a reason when it is none', async () => {
    const page = await stand.visit({ locale: 'vi-VN' });
    const files = [
      {
        name: 'hỏng.md',
        mimeType: 'text/markdown',
        buffer: Buffer.from('---\ntitle: x\n---\n\nKhông có ngày.'),
      },
    ];
    await page.locator('input[type=file]').setInputFiles(files);
    await page.locator('.toast.error', { hasText: 'hong.md' }).waitFor();
    await page.close();
  });
});

describe('the screenshots', () => {
  const sizes = [
    { name: '1280', options: { viewport: { width: 1280, height: 800 } } },
    {
      name: '360',
      options: {
        viewport: { width: 360, height: 740 },
        deviceScaleFactor: 2,
        isMobile: true,
        hasTouch: true,
      },
    },
  ];
  it.each(
    sizes.flatMap((size) => (['light', 'dark'] as const).map((colorScheme) => ({ ...size, colorScheme }))),
  )('$name $colorScheme', async ({ name, options, colorScheme }) => {
    const isWide = name === '1280';
    const locale = colorScheme === 'light' ? 'vi-VN' : 'en-GB';
    const page = await stand.visit({ ...options, colorScheme, locale });
    mkdirSync('screenshots', { recursive: true });
    const shoot = (what: string) =>
      page.screenshot({ path: `screenshots/${name}-${colorScheme}-${what}.png` });
    if (!isWide) await shoot('list');
    await openChat(page, colorScheme === 'light' ? 'Lan' : 'Tom');
    await page.locator('.suggestion').nth(1).click();
    await page.waitForTimeout(1_000);
    await shoot('search');
    await openChatAgain(page, 'Nhóm đọc báo', isWide);
    await page.locator('.suggestion', { hasText: '/latest' }).click();
    await page.waitForTimeout(800);
    await page.locator('.suggestion', { hasText: '@diemtin_bot' }).click();
    await page.locator('.offer').first().waitFor();
    await shoot('inline');
    await page.keyboard.press('Enter');
    await page.locator('.via').last().waitFor();
    await openChatAgain(page, 'Kênh Tin Sáng', isWide);
    await page.waitForTimeout(500);
    await shoot('channel');
    if (!isWide) {
      await page.locator('.open-controls').click();
      await shoot('controls');
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.close();
  });

  async function openChatAgain(page: Page, name: string, isWide: boolean): Promise<void> {
    if (!isWide) await page.locator('.back').click();
    await openChat(page, name);
  }
});
