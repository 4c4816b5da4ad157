/**
 * The page: place, consent, slots and recommendations of whoever looks.
 *
 * On the shop's own site it goes by the session. Opened elsewhere with `?shop=https://the-shop` it goes by a visitor's token alone.
 */

import { drawList, drawSlot, make, type Drawing } from "./draw";
import { Front, Problem, type Me, type Product } from "./front";
import { storedTokens } from "./visitor";

type Part = { readonly slots: string[] } | Strategy;

/** With `otherwise`, that strategy is asked instead where the list before it was empty. */
interface Strategy {
  readonly strategy: string;
  readonly limit: number;
  readonly otherwise?: string;
}

/** What stands on the page, in the order of the shop's own home page. */
const PARTS: readonly Part[] = [
  { slots: ["top-bar", "home-hero"] },
  { strategy: "discover", limit: 8 },
  { strategy: "buy_again", limit: 4 },
  { slots: ["home-block"] },
  { strategy: "trending_country", limit: 4, otherwise: "new_arrivals" },
  { slots: ["newsletter"] },
];

const asked = new URLSearchParams(location.search);
const shop = asked.get("shop") ?? "";
const tokens = shop === "" || shop === location.origin ? null : storedTokens(shop);
const language = asked.get("language") ?? "en";
const front = new Front({ shop: tokens === null ? "" : shop, tokens, language });

const GREETINGS: Readonly<Record<Me["kind"], string>> = {
  new: "You are new here.",
  returning: "You were here before.",
  member: "You are logged in.",
};

/** The element with that id, which index.html has. */
function at<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found as T;
}

function say(text: string): void {
  at("status").textContent = text;
}

const drawing: Drawing = {
  whole: (address) => new URL(address, tokens === null ? location.origin : shop).href,
  onLook: (product, shown) => void tried(() => look(product, shown)),
};

/** Whatever goes wrong is said on the page. */
async function tried(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    say(error instanceof Problem ? error.message : "The shop cannot be reached.");
    if (!(error instanceof Problem)) throw error;
  }
}

/** They look at a product: told as an event, and the segments that come of it are shown. */
async function look(product: Product, shown: string | null): Promise<void> {
  const click = shown !== null && product.position !== null ? { shown, place: product.position } : null;
  const taken = await front.looked(product, click);
  say(taken ? `You looked at ${product.title}.` : "Nothing was kept: you did not agree to it.");
  drawMe(await front.me());
}

function drawMe(me: Me): void {
  const { place } = me;
  at("who").textContent = me.first_name === null ? GREETINGS[me.kind] : `Hello ${me.first_name}.`;
  at("segments").replaceChildren(
    ...(me.segments.length === 0 ? ["none that the shop tells fronts"] : me.segments.map((slug) => make("code", {}, slug))),
  );
  at("where").textContent = [place.city, place.country_name ?? "somewhere", place.season].filter((part) => part !== null).join(", ");
  at<HTMLInputElement>("country").value = place.country ?? "";
  at<HTMLInputElement>("currency").value = place.currency;
  const word = me.consent["profiling"];
  at("word").textContent = word === null || word === undefined ? "You said nothing yet." : word ? "You agreed." : "You refused.";
  at("log-in").hidden = tokens !== null || me.kind === "member";
  at("account").hidden = tokens !== null || me.kind !== "member";
  at("elsewhere").hidden = tokens === null;
}

async function drawConsent(): Promise<void> {
  const { notice, purposes } = await front.consent();
  at("notice").replaceChildren(
    make("p", {}, notice.text),
    ...purposes.map(({ title, meaning }) => make("p", {}, make("strong", {}, title), ` ${meaning}`)),
  );
}

/** Part by part, for no product is to stand there twice. */
async function drawContent(): Promise<void> {
  const standing: string[] = [];
  const keep = (products: readonly Product[]): void => void standing.push(...products.map((product) => product.id));
  const drawn: (HTMLElement | null)[] = [];
  let wasEmpty = false;
  for (const part of PARTS) {
    if ("slots" in part) {
      const slots = await front.slots(part.slots, standing);
      for (const slot of slots) keep(slot.products);
      drawn.push(...slots.map((slot) => drawSlot(slot, drawing)));
    } else {
      const strategy = wasEmpty ? (part.otherwise ?? part.strategy) : part.strategy;
      const list = await front.recommended(strategy, part.limit, standing);
      keep(list.items);
      wasEmpty = list.items.length === 0;
      drawn.push(drawList(`list-${strategy}`, list.heading ?? strategy, list.items, list.shown, drawing));
    }
  }
  at("content").replaceChildren(...drawn.filter((part) => part !== null));
}

async function drawAll(): Promise<void> {
  delete document.documentElement.dataset["ready"];
  drawMe(await front.me());
  await drawConsent();
  await drawContent();
  document.documentElement.dataset["ready"] = "yes";
}

function listen(): void {
  const answered = (word: boolean) => (): void =>
    void tried(async () => {
      await front.say({ profiling: word }, location.pathname + location.search);
      say(word ? "Thank you. It holds from now on." : "Nothing is kept from now on.");
      await drawAll();
    });
  at("accept").addEventListener("click", answered(true));
  at("refuse").addEventListener("click", answered(false));
  at<HTMLFormElement>("place").addEventListener("submit", (event) => {
    event.preventDefault();
    void tried(async () => {
      await front.choose({ country: at<HTMLInputElement>("country").value, currency: at<HTMLInputElement>("currency").value });
      say("Chosen.");
      await drawAll();
    });
  });
  at<HTMLFormElement>("elsewhere").addEventListener("submit", (event) => {
    event.preventDefault();
    const token = at<HTMLInputElement>("token").value.trim();
    if (token === "") tokens?.forget();
    else tokens?.keep(token);
    void tried(drawAll);
  });
}

listen();
void tried(async () => {
  drawMe(await front.me());
  await front.visit(location.pathname + location.search, document.referrer);
  await drawAll();
});
