import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandidateQueue } from '../../src/delivery/queue.ts';

const candidate = (id: number) => ({ id, subscriptionId: id, chatId: id });
const drain = (queue: CandidateQueue, now: number): number[] => {
  const ids: number[] = [];
  for (let next = queue.next(now); next !== null; next = queue.next(now)) ids.push(next.id);
  return ids;
};

describe('the queue of candidates', () => {
  it('hands out in the order of arrival, those that are urgent first', () => {
    const queue = new CandidateQueue();
    queue.offer([candidate(1), candidate(2)]);
    queue.offer([candidate(9)], true);
    expect(queue.readyCount).toBe(3);
    expect(drain(queue, 0)).toEqual([9, 1, 2]);
    expect(queue.readyCount).toBe(0);
  });

  it('holds each candidate once, also while it is handed out, until it is released', () => {
    const queue = new CandidateQueue();
    queue.offer([candidate(1), candidate(1)]);
    expect(drain(queue, 0)).toEqual([1]);
    queue.offer([candidate(1)]);
    expect(drain(queue, 0)).toEqual([]);
    queue.release(1);
    queue.offer([candidate(1)]);
    expect(drain(queue, 0)).toEqual([1]);
  });

  it('lets those that wait come back at their time', () => {
    const queue = new CandidateQueue();
    expect(queue.nextAt).toBeNull();
    queue.wait(candidate(1), 300);
    queue.wait(candidate(2), 100);
    queue.wait(candidate(3), 100);
    expect(queue.nextAt).toBe(100);
    expect(drain(queue, 99)).toEqual([]);
    expect(drain(queue, 100)).toEqual([2, 3]);
    expect(queue.waitingCount).toBe(1);
    expect(drain(queue, 1_000)).toEqual([1]);
  });

  it('puts back in front, and forgets everything that was not handed out', () => {
    const queue = new CandidateQueue();
    queue.offer([candidate(1), candidate(2), candidate(3), candidate(4)]);
    const [first, second] = [queue.next(0), queue.next(0)];
    if (first === null || second === null) throw new Error('two were offered');
    queue.putBack([first]);
    queue.wait(second, 50);
    expect(queue.next(0)?.id).toBe(1);
    queue.clear();
    expect(drain(queue, 1_000)).toEqual([]);
    queue.offer([candidate(1), candidate(2), candidate(3), candidate(4)]);
    expect(drain(queue, 0), '1 is still out').toEqual([2, 3, 4]);
  });

  it('serves a hundred thousand without keeping those that are gone', () => {
    const queue = new CandidateQueue();
    for (let page = 0; page < 100; page += 1) {
      queue.offer(Array.from({ length: 1_000 }, (_, index) => candidate(page * 1_000 + index)));
      expect(drain(queue, 0)).toHaveLength(1_000);
    }
  });

  it('always hands out the earliest of those that wait', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 80 }), (times) => {
        const queue = new CandidateQueue();
        times.forEach((until, id) => queue.wait(candidate(id), until));
        const expected = times
          .map((until, id) => ({ until, id }))
          .sort((a, b) => a.until - b.until || a.id - b.id)
          .map(({ id }) => id);
        expect(drain(queue, 100)).toEqual(expected);
      }),
    );
  });
});
