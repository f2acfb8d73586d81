/**
 * The way out of doubt: chats press the button that sends again what may not have arrived, as people do in Telegram.
 */
import { expect } from 'vitest';
import { encodePress } from '../../src/telegram/callbackData.ts';
import type { Dice } from './dice.ts';
import { listUnknown, textOf, type Unknown } from './oracle.ts';
import type { Stage } from './stage.ts';

/** Chats in a round that press. */
const MOST_PRESSED = 25;

/**
 * Presses, as their chats would, the buttons that send again what may not have arrived: twice, for each works once. Of
 * many chats some are chosen by chance.
 */
export async function redeliverSome(stage: Stage, dice: Dice, away: ReadonlySet<number>): Promise<void> {
  const listed = listUnknown(stage).filter(({ chatId }) => !away.has(chatId));
  const chats = new Set(dice.some(MOST_PRESSED, [...new Set(listed.map(({ chatId }) => chatId))]));
  const asked = listed.filter(({ chatId }) => chats.has(chatId));
  const before = new Map(asked.map((one) => [one.id, arrivals(stage, one)]));
  for (let left = asked; left.length > 0; left = stillUnknown(stage, asked)) {
    await pressOldest(stage, left);
    await stage.settled();
  }
  for (const one of asked) {
    const came = arrivals(stage, one) - (before.get(one.id) ?? 0);
    expect(came, `times that delivery ${one.id} came to chat ${one.chatId} after the tap`).toBe(1);
  }
}

function stillUnknown(stage: Stage, asked: readonly Unknown[]): Unknown[] {
  const ids = new Set(asked.map(({ id }) => id));
  return listUnknown(stage).filter(({ id }) => ids.has(id));
}

/** The oldest edition of each chat. */
async function pressOldest(stage: Stage, unknown: readonly Unknown[]): Promise<void> {
  const editions = new Map<number, Unknown[]>();
  for (const one of unknown) {
    const parts = editions.get(one.chatId);
    if (parts === undefined) editions.set(one.chatId, [one]);
    else if (parts[0]?.slot === one.slot) parts.push(one);
  }
  for (const [chatId, parts] of editions) {
    // A chat that was not told yet asks.
    if (findButton(stage, chatId, parts) === null) stage.speaker(chatId).sends(chatId, '/status');
  }
  for (const [chatId, parts] of editions) {
    const find = (): ReturnType<typeof findButton> => findButton(stage, chatId, parts);
    await stage.until(() => find() !== null, 15_000, `a button for chat ${chatId}`);
    const button = find();
    if (button === null) continue;
    stage.speaker(chatId).presses(button.post, button.data);
    stage.speaker(chatId).presses(button.post, button.data);
  }
  const pressed = [...editions.values()].flat();
  await stage.until(() => stillUnknown(stage, pressed).length === 0, 20_000, 'what was asked for');
}

/** The button under some message of the chat that sends this edition again; null when there is none. */
function findButton(stage: Stage, chatId: number, parts: readonly Unknown[]) {
  const wanted = parts.map(({ id }) => encodePress({ do: 'redeliver', deliveryId: id }));
  for (const post of stage.api.messages(chatId)) {
    const button = post.buttons.find(({ callback_data: press = '' }) => wanted.includes(press));
    if (button?.callback_data !== undefined) return { post, data: button.callback_data };
  }
  return null;
}

function arrivals(stage: Stage, { chatId, html }: Unknown): number {
  return stage.api.ledger.calls.filter(
    (call) => call.accepted && stage.idNow(call.chatId ?? 0) === chatId && textOf(call).endsWith(html),
  ).length;
}
