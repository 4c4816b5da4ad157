/** What the front API says, as elements. Texts are texts; the one thing that is put in as HTML was sanitised by the shop. */

import type { Product, Slot } from "./front";

type Child = Node | string | null;

/** An element with attributes (null leaves one out) and children (null is nothing). */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string | null> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

export interface Drawing {
  /** An address as the shop gives it, which may be relative to the shop's own. */
  readonly whole: (address: string) => string;
  /** Somebody looks at a product. */
  readonly onLook: (product: Product, shown: string | null) => void;
}

/** A slot; null where there is nothing to show. */
export function drawSlot(slot: Slot, drawing: Drawing): HTMLElement | null {
  if (slot.kind === "page" || slot.kind === "popup") return null;
  const { heading, text, link, image, html, products } = slot;
  if (html === null && heading === null && text === null && link === null && image === null && products.length === 0) return null;
  const label = heading ?? slot.slug;
  const frame = { class: `slot ${slot.kind}`, "aria-label": label, "data-slot": slot.slug, "data-variant": slot.variant };
  if (html !== null) {
    const framed = make("section", frame);
    framed.innerHTML = html;
    return framed;
  }
  return make(
    "section",
    frame,
    image === null ? null : make("img", { src: drawing.whole(image.url), alt: image.alt }),
    heading === null ? null : make("h2", {}, heading),
    ...(text ?? "").split(/\n{2,}/).map((part) => (part === "" ? null : make("p", {}, part))),
    products.length === 0 ? null : drawProducts(products, slot.shown, drawing),
    link === null ? null : make("p", {}, make("a", { href: drawing.whole(link.url) }, link.text)),
  );
}

/** A list under a heading; null where it is empty. */
export function drawList(id: string, heading: string, products: Product[], shown: string | null, drawing: Drawing): HTMLElement | null {
  if (products.length === 0) return null;
  const title = make("h2", { id }, heading);
  return make("section", { class: "list", "aria-labelledby": id }, title, drawProducts(products, shown, drawing));
}

function drawProducts(products: Product[], shown: string | null, drawing: Drawing): HTMLElement {
  return make("ul", { class: "products" }, ...products.map((product) => drawProduct(product, shown, drawing)));
}

function drawProduct(product: Product, shown: string | null, drawing: Drawing): HTMLElement {
  const title = make("span", { class: "title" }, product.title);
  const look = make("button", { type: "button", "aria-label": `Look at ${product.title}` }, "Look at it");
  look.addEventListener("click", () => drawing.onLook(product, shown));
  return make(
    "li",
    { "data-product": product.id },
    product.image === null ? null : make("img", { src: drawing.whole(product.image), alt: "", width: "400", height: "400" }),
    product.url === null ? title : make("a", { href: drawing.whole(product.url) }, title),
    product.price_text === null ? null : make("span", { class: "price" }, product.price_text),
    product.reason === null ? null : make("span", { class: "because" }, product.reason),
    look,
  );
}
