/** What is said about stories. */
export interface StoryTexts {
  /** Of several newspapers; at least 2. */
  sources: (count: number) => string;
  /** Of one newspaper, or of ones that do not say which; at least 2. */
  reports: (count: number) => string;
  /** The story goes on since the chat read of it. */
  development: string;
  /** A link to what it read then. */
  earlier: string;
  listTitle: string;
  /** Of stories, on a page of them. */
  range: (from: number, to: number, total: number) => string;
}
