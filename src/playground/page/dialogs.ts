/**
 * What comes up and goes away: a toast for the bot's short answers, alerts, questions, and a choice among several.
 */
import { el } from './dom.ts';
import type { Texts } from './texts.ts';

/** Long enough to be read twice. */
const TOAST_MS = 4_000;

export class Dialogs {
  readonly #texts: Texts;
  readonly #toasts: HTMLElement;

  constructor(texts: Texts, host: HTMLElement) {
    this.#texts = texts;
    this.#toasts = el('div', { class: 'toasts', attrs: { role: 'status', 'aria-live': 'polite' } });
    host.append(this.#toasts);
  }

  toast(text: string, kind: 'info' | 'error' = 'info'): void {
    const toast = el('div', { class: `toast ${kind}`, text });
    this.#toasts.append(toast);
    setTimeout(() => toast.remove(), TOAST_MS + text.length * 30);
  }

  /** As the bot's `show_alert`. */
  async alert(text: string): Promise<void> {
    await this.#ask(text, [{ label: this.#texts.ok, value: 'ok' }]);
  }

  async confirm(text: string, yes: string): Promise<boolean> {
    const { cancel } = this.#texts;
    const value = await this.#ask(text, [
      { label: cancel, value: '' },
      { label: yes, value: 'yes', className: 'danger' },
    ]);
    return value === 'yes';
  }

  /** Null when they would rather have none. */
  async choose<T>(question: string, options: readonly T[], nameOf: (option: T) => string): Promise<T | null> {
    const value = await this.#ask(question, [
      ...options.map((option, at) => ({ label: nameOf(option), value: String(at), className: 'wide' })),
      { label: this.#texts.cancel, value: '' },
    ]);
    return value === '' ? null : (options[Number(value)] ?? null);
  }

  /** Resolves with the value of the button that was pressed; empty when the dialog was left. */
  #ask(
    text: string,
    buttons: readonly { label: string; value: string; className?: string }[],
  ): Promise<string> {
    const heading = el('p', { class: 'dialog-text', text, attrs: { id: 'dialog-text', dir: 'auto' } });
    const dialog = el('dialog', { class: 'dialog', attrs: { 'aria-labelledby': 'dialog-text' } }, [
      heading,
      el(
        'div',
        { class: 'dialog-buttons' },
        buttons.map(({ label, value, className = '' }) =>
          el('button', {
            class: `button ${className}`.trim(),
            text: label,
            attrs: { type: 'button' },
            on: { click: () => dialog.close(value) },
          }),
        ),
      ),
    ]);
    document.body.append(dialog);
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener('close', () => {
        dialog.remove();
        resolve(dialog.returnValue);
      });
    });
  }
}
