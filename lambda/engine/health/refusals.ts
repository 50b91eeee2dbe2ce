/** As many, from as many conversations, and none in between that was served: then it is not the requests. */
const MANY = 5;
const CONVERSATIONS = 3;
const MAX_WORDS = 200;

/**
 * Requests that a host has refused in words nobody knows, and another host has served: a switch in the account, a model that
 * was never enabled, a policy. It shows by the same words for different requests.
 */
export class Refusals {
  #words = '';
  #count = 0;
  readonly #conversations = new Set<number>();

  served(): void {
    this.#count = 0;
    this.#conversations.clear();
  }

  /** True once it is plain that the host is set up wrongly. */
  refused(message: string, conversation: number): boolean {
    // Ids and figures differ from request to request.
    const words = message.slice(0, MAX_WORDS).replace(/[0-9a-f-]{16,}|\d+/gi, '#');
    if (words !== this.#words) this.served();
    this.#words = words;
    this.#count += 1;
    if (this.#conversations.size < CONVERSATIONS) this.#conversations.add(conversation);
    return this.#count >= MANY && this.#conversations.size >= CONVERSATIONS;
  }
}
