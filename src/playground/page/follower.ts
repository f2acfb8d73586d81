/**
 * Where the messages are scrolled to: at the end, or where a high message begins, for as long as nobody scrolls away; then
 * nowhere, until they are back at the end. The page and the browser scroll too (something is laid out, a keyboard comes
 * up): what hands do is told from that.
 */

/** So near to the end still counts as being there, in pixels. */
const NEAR_END = 80;
/** A scroll that follows a touch by no more than this belongs to it, and so does what follows that: fingers let go. */
const TOUCH_MS = 400;
const TOUCHES = ['wheel', 'touchmove', 'pointerdown', 'keydown', 'focusin'] as const;

export class Follower {
  readonly #scroller: HTMLElement;
  readonly #onMoved: (isAtEnd: boolean) => void;
  #follows = true;
  /** Where reading begins; null for the very end. */
  #beginning: HTMLElement | null = null;
  /** Milliseconds of the page's life. */
  #touchedAt = -Infinity;
  /** At the last scroll or move: what changes together with the height is the browser's doing. */
  #seen = { top: 0, height: 0 };

  /** @param onMoved told whether the end is in sight */
  constructor(scroller: HTMLElement, list: HTMLElement, onMoved: (isAtEnd: boolean) => void) {
    this.#scroller = scroller;
    this.#onMoved = onMoved;
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    for (const touch of TOUCHES) {
      scroller.addEventListener(touch, () => (this.#touchedAt = performance.now()), { passive: true });
    }
    const resized = new ResizeObserver(() => this.keepUp());
    resized.observe(scroller);
    resized.observe(list);
  }

  get follows(): boolean {
    return this.#follows;
  }

  /** Follows a row that came or changed last: it is begun where it begins when it is higher than the window. */
  follow(row: HTMLElement, isRead: boolean): void {
    this.#follows = true;
    this.#beginning = isRead && row.offsetHeight > this.#scroller.clientHeight ? row : null;
    this.keepUp();
  }

  toEnd(behavior: ScrollBehavior = 'instant'): void {
    this.#follows = true;
    this.#beginning = null;
    if (behavior === 'smooth') this.#scroller.scrollTo({ top: this.#scroller.scrollHeight, behavior });
    else this.keepUp();
  }

  /** Leaves the end for a row further up. */
  leaveTo(row: HTMLElement): void {
    this.#follows = false;
    this.#scroller.scrollTop = this.#topOf(row) - this.#scroller.clientHeight / 3;
  }

  /** Scrolls to where the conversation is, unless somebody is elsewhere. */
  keepUp(): void {
    if (!this.#follows) return;
    const move = (): void => {
      const beginning = this.#beginning;
      this.#scroller.scrollTop =
        beginning?.isConnected === true ? this.#topOf(beginning) : this.#scroller.scrollHeight;
      this.#look();
    };
    move();
    // What is laid out only now may be higher than it was thought to be.
    requestAnimationFrame(() => {
      if (this.#follows) move();
    });
  }

  /** Does something to what stands above a row, and leaves the row where it is in the window. */
  holding(row: HTMLElement, change: () => void): void {
    const was = row.getBoundingClientRect().top;
    change();
    this.#scroller.scrollTop += row.getBoundingClientRect().top - was;
    this.#look();
  }

  #look(): void {
    this.#seen = { top: this.#scroller.scrollTop, height: this.#scroller.scrollHeight };
  }

  #topOf(row: HTMLElement): number {
    return (
      this.#scroller.scrollTop + row.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top
    );
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    this.#onMoved(isAtEnd);
    const isTouched = performance.now() - this.#touchedAt < TOUCH_MS;
    const isMoved = scrollHeight === this.#seen.height && Math.abs(scrollTop - this.#seen.top) > 1;
    this.#look();
    if (isTouched) this.#touchedAt = performance.now();
    else if (!isMoved) return;
    this.#follows = isAtEnd;
    if (isAtEnd) this.#beginning = null;
  }
}
