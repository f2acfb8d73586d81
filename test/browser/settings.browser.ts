/** What a chat is set to, changed in the page by buttons, by typing, and by a place on the map. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest';
import type { Page } from 'playwright-core';
import { begin, chip, newest, openChat, press, Stand } from './stand.ts';

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

const field = () => page.locator('.field');

async function says(text: string): Promise<void> {
  await field().fill(text);
  await page.keyboard.press('Enter');
}

describe('the settings', () => {
  it('change in place, and take what is typed or shared in reply to a question', async () => {
    await begin(page);
    await chip(page, '/subscribe').click();
    await newest(page).getByText('Subscribed').first().waitFor();
    await press(page, 'Settings');
    await newest(page).getByText('07:00').first().waitFor();
    await press(page, 'Times');
    await newest(page).locator('.edited').waitFor();
    await press(page, 'Other time');
    await page.getByText('Replying to Điểm Tin').waitFor();
    await says('18:45');
    await newest(page).getByText('18:45').first().waitFor();
    await page.getByText('Replying to').waitFor({ state: 'hidden' });

    await press(page, 'Time zone');
    await press(page, 'Other place');
    await page.getByText('Replying to Điểm Tin').waitFor();
    // The question is still open after the page was loaded again.
    await page.reload();
    await page.getByText('Replying to Điểm Tin').waitFor();
    await page.getByRole('button', { name: 'Share a place' }).click();
    await page.locator('dialog').getByRole('button', { name: 'Berlin' }).click();
    await page.locator('.mine .point', { hasText: '52.52' }).waitFor();
    await newest(page).getByText('Berlin').first().waitFor();
  });

  it('ask whoever is meant in a group, and nobody else', async () => {
    await openChat(page, 'Nhóm đọc báo');
    await chip(page, '/settings').click();
    await newest(page).locator('.key').first().waitFor();
    // Only what is subscribed has a time zone.
    await press(page, '07:00');
    await press(page, 'Múi giờ');
    await press(page, 'Nơi khác');
    await page.getByText('Replying to Điểm Tin').waitFor();
    await page.locator('.persona').selectOption({ label: 'Tom (member)' });
    await page.getByText('Replying to').waitFor({ state: 'hidden' });
    await page.locator('.persona').selectOption({ label: 'Lan (owner)' });
    await page.getByText('Replying to Điểm Tin').waitFor();
    await says('tokyo');
    await newest(page).getByText('Tokyo').first().waitFor();
  });
});

describe('a channel', () => {
  it('gets the bot by its button, and is set up in private', async () => {
    await openChat(page, 'Lan');
    await begin(page);
    await press(page, 'Thêm vào kênh');
    await page.locator('dialog').getByRole('button', { name: 'Kênh Tin Sáng' }).click();
    await page.locator('.where h1', { hasText: 'Kênh Tin Sáng' }).waitFor();
    await openChat(page, 'Lan');
    await newest(page).getByText('Kênh Tin Sáng').first().waitFor();
    await chip(page, '/chats').click();
    await newest(page).locator('.key', { hasText: 'Kênh Tin Sáng' }).waitFor();
    await press(page, 'Kênh Tin Sáng');
    await newest(page).locator('.edited').waitFor();
  });

  it('is not Tom’s to give the bot to', async () => {
    await begin(page);
    await says('/start');
    await newest(page).getByText('/latest').first().waitFor();
    await press(page, 'Add to a channel');
    await page.locator('.toast', { hasText: 'nothing left where Tom' }).waitFor();
  });
});
