/** The front API, typed: addresses, parameters, bodies and answers are those of the OpenAPI document. */

import createClient from "openapi-fetch";
import type { components, paths } from "./schema";
import { fetchBySession, fetchByToken, type Tokens } from "./visitor";

export type Me = components["schemas"]["Me"];
export type Place = components["schemas"]["Place"];
export type PlaceChoice = components["schemas"]["PlaceChoiceRequest"];
export type Consent = components["schemas"]["VisitorConsent"];
export type Slot = components["schemas"]["ShownSlot"];
export type Product = components["schemas"]["ShownProduct"];
export type List = components["schemas"]["RecommendedList"];

export type Event = components["schemas"]["EventRequest"];

/** A place in a list that was shown. */
export interface Click {
  readonly shown: string;
  readonly place: number;
}

/** What went wrong, as RFC 9457 says it. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly places: readonly string[],
  ) {
    super(detail);
  }
}

export interface Options {
  /** Origin of the shop; "" on its own pages. */
  readonly shop: string;
  /** Where the token is kept; null goes by the session. */
  readonly tokens: Tokens | null;
  readonly language: string;
}

/** What a page asks of the shop for whoever looks at it. Each call raises Problem. */
export class Front {
  readonly #client;
  readonly #language: string;

  constructor({ shop, tokens, language }: Options) {
    const send = tokens === null ? fetchBySession() : fetchByToken(tokens);
    this.#client = createClient<paths>({ baseUrl: shop === "" ? location.origin : shop, fetch: send });
    this.#language = language;
  }

  async me(): Promise<Me> {
    return answer(await this.#client.GET("/api/me/", { headers: this.#headers }));
  }

  /** They look at this page, which they came to from there. */
  async visit(page: string, cameFrom: string): Promise<void> {
    answer(await this.#client.PUT("/api/visit/", { body: { page, came_from: cameFrom } }));
  }

  async consent(): Promise<Consent> {
    return answer(await this.#client.GET("/api/consent/", { headers: this.#headers }));
  }

  async say(words: Record<string, boolean>, page: string): Promise<Consent> {
    return answer(await this.#client.PUT("/api/consent/", { body: { words, page }, headers: this.#headers }));
  }

  async choose(place: PlaceChoice): Promise<Place> {
    return answer(await this.#client.PATCH("/api/place/", { body: place, headers: this.#headers }));
  }

  /** These slots, without products that stand on the page already. */
  async slots(slugs: string[], without: readonly string[] = []): Promise<Slot[]> {
    const query = { slug: slugs, without: [...without] };
    return answer(await this.#client.GET("/api/slots/", { params: { query }, headers: this.#headers })).slots;
  }

  async recommended(strategy: string, limit: number, without: readonly string[] = []): Promise<List> {
    const params = { path: { strategy }, query: { limit, without: [...without] } };
    return answer(await this.#client.GET("/api/recommendations/{strategy}/", { params, headers: this.#headers }));
  }

  /** A product of a list was opened. */
  async clicked(shown: string, place: number): Promise<void> {
    await this.#client.POST("/api/recommendations/clicks/", { body: { shown, place } });
  }

  /** They look at a product, perhaps of a list. Whether that was kept: nothing is of somebody who did not agree. */
  async looked(product: Product, click: Click | null): Promise<boolean> {
    const events: Event[] = [{ id: crypto.randomUUID(), kind: "view", product: product.id }];
    if (click !== null) events.push({ id: crypto.randomUUID(), kind: "recommendation_click", ...click });
    const body = { events, sent_at: new Date().toISOString() };
    return answer(await this.#client.POST("/api/events/", { body })).reason === null;
  }

  get #headers(): { "Accept-Language": string } {
    return { "Accept-Language": this.#language };
  }
}

interface Answered<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

function answer<T>({ data, error, response }: Answered<T>): T {
  if (response.ok && data !== undefined) return data;
  const said = (typeof error === "object" && error !== null ? error : {}) as {
    type?: string;
    detail?: string;
    title?: string;
    errors?: { pointer?: string; parameter?: string; detail?: string }[];
  };
  const wrong = said.errors ?? [];
  const code = said.type?.split(":").at(-1) ?? "unknown";
  const detail = [said.detail ?? said.title ?? response.statusText, ...wrong.map((each) => each.detail ?? "")].join(" ").trim();
  throw new Problem(response.status, code, detail, wrong.map((each) => each.pointer ?? each.parameter ?? ""));
}
