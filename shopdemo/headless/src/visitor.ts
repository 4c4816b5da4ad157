/** How the page says who asks: the session on the shop's own site, a visitor's token elsewhere. */

export const HEADER = "Regulars-Visitor";

/** Where a front keeps its token. */
export interface Tokens {
  read(): string | null;
  keep(token: string): void;
  forget(): void;
}

/** In the browser's storage, one for each shop: no shop is ever sent another's. Where that is refused, while the page is open. */
export function storedTokens(shop: string): Tokens {
  const name = `regulars-visitor ${shop}`;
  let held: string | null = null;
  const stored = <T>(ask: () => T, otherwise: T): T => {
    try {
      return ask();
    } catch {
      return otherwise;
    }
  };
  return {
    read: () => held ?? stored(() => localStorage.getItem(name), null),
    keep: (token) => {
      held = token;
      stored(() => localStorage.setItem(name, token), undefined);
    },
    forget: () => {
      held = null;
      stored(() => localStorage.removeItem(name), undefined);
    },
  };
}

/**
 * `fetch` with the token of a visitor. An answer may change it, so calls go one after the other. A token that counts no more is
 * forgotten, and the call is made once more by somebody new.
 */
export function fetchByToken(tokens: Tokens): (request: Request) => Promise<Response> {
  const send = async (request: Request): Promise<Response> => {
    const token = tokens.read();
    const headers = new Headers(request.headers);
    headers.set(HEADER, token ?? "new");
    const response = await fetch(new Request(request.clone(), { headers, credentials: "omit" }));
    if (response.status === 401 && token !== null) {
      tokens.forget();
      return send(request);
    }
    const changed = response.headers.get(HEADER);
    if (changed !== null) tokens.keep(changed);
    return response;
  };
  let last: Promise<unknown> = Promise.resolve();
  return (request) => {
    const mine = last.then(() => send(request));
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** `fetch` with the session: what changes something shows Django's CSRF token, which `me/` sets as a cookie. */
export function fetchBySession(cookie = "csrftoken"): (request: Request) => Promise<Response> {
  return (request) => {
    const headers = new Headers(request.headers);
    if (!["GET", "HEAD", "OPTIONS"].includes(request.method)) headers.set("X-CSRFToken", cookieCalled(cookie));
    return fetch(new Request(request, { headers, credentials: "same-origin" }));
  };
}

function cookieCalled(name: string): string {
  const found = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`));
  return found === undefined ? "" : decodeURIComponent(found.slice(name.length + 1));
}
