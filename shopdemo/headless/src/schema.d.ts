// Made by `npm run types` of docs/openapi.json: do not edit.

export interface paths {
    "/api/consent/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the visitor agreed to
         * @description With the texts to show to whoever is asked, in the language of the answer.
         */
        get: operations["consent_show"];
        /**
         * Say yes or no
         * @description Writes a receipt for each word. A no takes effect at once and clears what their browser kept; a yes begins a visit, where `page` says which page they look at. 503 where a yes cannot be written down.
         */
        put: operations["consent_say"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell what the visitor did
         * @description Taken event by event: what is wrong fails alone. Send a batch that was not answered, or answered by 429 or 503, again with the same ids. No CSRF token is asked; the page must be of the shop, or of an origin that it allows. Works in pieces.
         */
        post: operations["events_tell"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who the visitor is
         * @description Segments are those that the owner published to fronts. For a session the answer sets Django's CSRF cookie, whose value goes into the header `X-CSRFToken` of what changes something.
         */
        get: operations["me_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/place/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the visitor is
         * @description By their own choice, their account, a proxy of the shop, GeoIP, or the shop's word, in this order.
         */
        get: operations["place_show"];
        /**
         * Choose a country and a currency
         * @description What is not named is taken back: an empty object takes both back. The place that comes of it is the answer.
         */
        put: operations["place_choose"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Choose a country or a currency
         * @description What is not named stays as it is.
         */
        patch: operations["place_change"];
        trace?: never;
    };
    "/api/recommendations/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Strategies that recommend
         * @description With what each goes by: `product`, `basket`, `wishes` and `query` the front says, all else the shop knows.
         */
        get: operations["recommendations_strategies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recommendations/{strategy}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a strategy recommends the visitor
         * @description The same that the shop's own pages recommend them. What does not know enough is filled by other strategies.
         */
        get: operations["recommendations_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recommendations/clicks/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell that a recommended product was opened
         * @description Counts once, within a day of the list being shown. 204 whether or not it was counted.
         */
        post: operations["recommendations_clicked"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/slots/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What several slots show the visitor
         * @description In one call, as a page asks for them. A slug that no active slot has is left out.
         */
        get: operations["slots_several"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/slots/{slug}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a slot shows the visitor
         * @description The same that the shop's own pages show them there, whatever the slot's mode.
         */
        get: operations["slots_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visit/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say that somebody looks at a page of the front
         * @description Begins a visit with where they came from (campaign, search, link), if they may be followed and none is under way. Call it once when the front opens, and before the first event.
         */
        put: operations["visit_say"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Something that the shop asks to be agreed to. */
        AskedPurpose: {
            name: string;
            /** @description In the language of the answer. */
            title: string;
            /** @description What agreeing comes to, to be shown to whoever is asked. */
            meaning: string;
            /** @description Null is no word. */
            word: boolean | null;
        };
        /** @description What is sent at once; 64 kB at most. */
        BatchRequest: {
            /** @description 50 at most. */
            events: components["schemas"]["EventRequest"][];
            /**
             * Format: date-time
             * @description The visitor's clock as it is sent: with it a wrong clock does no harm.
             */
            sent_at?: string;
        };
        /** @description A product of a list was opened. */
        ClickRequest: {
            /** @description Token of the list. */
            shown: string;
            /** @description `position` of the product in it. */
            place: number;
        };
        /** @enum {string} */
        Confidence: "high" | "medium" | "low" | "none";
        /** @description Yes or no to each purpose that is named, and on which page it was said. */
        ConsentWordsRequest: {
            /** @description Path and query of the front's page, or its whole address. */
            page?: string;
            /** @description `document.referrer` of that page. */
            came_from?: string;
            /** @description Purpose -> true or false. What is not named stays. */
            words: {
                [key: string]: boolean;
            };
        };
        /** @description Something the visitor did. What a kind says beside id, kind and at, docs/events.md has in a table. */
        EventRequest: {
            /** @description The front's own name for it, such as a UUID: what is sent twice is taken once. */
            id: string;
            /** @description visit, view, search, add_to_cart, remove_from_cart, add_to_wishlist, remove_from_wishlist, checkout, recommendation_click, or a word of the shop's EVENT_KINDS. */
            kind: string;
            /**
             * Format: date-time
             * @description By the visitor's clock; now unless given.
             */
            at?: string;
            product?: string;
            category?: string;
            /** @description What was searched for. */
            query?: string;
            /** Format: decimal */
            value?: string;
            /** @description Of a visit: the page it began with. */
            page?: string;
            /** @description Of a visit: the page before; its host is kept. */
            referrer?: string;
            /** @description Of a click: the token of the recommended list. */
            shown?: string;
            /** @description Of a click: its place in the list. */
            place?: number;
        };
        /** @description One that was not taken. */
        FailedEvent: {
            /** @description JSON pointer to what is wrong. */
            pointer: string;
            detail: string;
            code: string;
        };
        /** @description One thing that is wrong, at a `pointer` (RFC 6901) in the body or a `parameter` of the address. */
        Fault: {
            pointer?: string;
            parameter?: string;
            /** @description For people. */
            detail: string;
            /** @description For machines. */
            code: string;
            /** @description Of a rule that is written as text. */
            line?: number;
            /** @description Likewise. */
            column?: number;
            /** @description Of a rule that is written as text: where it would stand in the stored one. */
            path?: string;
        };
        /** @description Where whoever is on the front is, and where they came from. */
        FrontPageRequest: {
            /** @description Path and query of the front's page, or its whole address. */
            page?: string;
            /** @description `document.referrer` of that page. */
            came_from?: string;
        };
        /** @description A holiday or retail day near the visitor's. */
        Holiday: {
            /** @description The same in every country and language. */
            slug: string;
            /** @description In the language of the answer. */
            name: string;
            /** Format: date */
            date: string;
        };
        /** @description A picture. */
        Image: {
            /** @description Relative to the shop's own address, unless it is whole. */
            url: string;
            alt: string;
        };
        /** @description All of them. */
        KnownStrategies: {
            strategies: components["schemas"]["KnownStrategy"][];
        };
        /** @description A way to recommend. */
        KnownStrategy: {
            strategy: string;
            /** @description What owners call it. */
            name: string;
            /** @description What may stand above its list. */
            heading: string;
            /** @description What it goes by; without it others fill its list. */
            needs: components["schemas"]["Need"][];
            /** @description Whether it goes by who looks, or by what is theirs. */
            is_personal: boolean;
        };
        /** @description Where the content leads. */
        Link: {
            /** @description Relative to the shop's own address, unless it is whole. */
            url: string;
            text: string;
        };
        /** @description The visitor. */
        Me: {
            /** @description New here, here before, or logged in. */
            kind: components["schemas"]["VisitorKind"];
            /** @description Of a member's account. */
            first_name: string | null;
            /** @description Slugs of the published segments they are in; none where they refused profiling. */
            segments: string[];
            place: components["schemas"]["Place"];
            /** @description Purpose -> their word; null is no word. */
            consent: {
                [key: string]: boolean | null;
            };
            /** @description Whether there is a question to ask: `consent/` has its texts. */
            needs_consent: boolean;
        };
        /** @enum {string} */
        Need: "person" | "views" | "segment" | "country" | "product" | "basket" | "wishes" | "query";
        /** @description What whoever is asked is to be told. */
        Notice: {
            version: string;
            text: string;
        };
        NullEnum: null;
        /** @description What somebody chooses; "" or null takes a choice back. */
        PatchedPlaceChoiceRequest: {
            /** @description ISO 3166 code, in small letters or capitals. */
            country?: string | null;
            /** @description One of those that the shop shows prices in. */
            currency?: string | null;
        };
        /** @description A place as far as it is known; null is unknown. */
        Place: {
            /** @description ISO 3166 code. */
            country: string | null;
            /** @description In the language of the answer. */
            country_name: string | null;
            /** @description Second half of an ISO 3166-2 code. */
            region: string | null;
            city: string | null;
            /** @description A name of the IANA database. */
            time_zone: string | null;
            /**
             * Format: date-time
             * @description Their wall clock, with its offset.
             */
            local_time: string;
            /** @description Who says where they are. */
            source: components["schemas"]["PlaceSource"];
            /** @description How sure that is. */
            confidence: components["schemas"]["Confidence"];
            /** @description ISO 4217 code of what they want to see prices in; the shop's, where they chose none. */
            currency: string;
            /** @description The language of this answer. */
            language: string;
            season: components["schemas"]["Season"] | components["schemas"]["NullEnum"];
            holidays: components["schemas"]["Holiday"][];
        };
        /** @description What somebody chooses; "" or null takes a choice back. */
        PlaceChoiceRequest: {
            /** @description ISO 3166 code, in small letters or capitals. */
            country?: string | null;
            /** @description One of those that the shop shows prices in. */
            currency?: string | null;
        };
        /** @enum {string} */
        PlaceSource: "choice" | "account" | "header" | "geoip" | "default";
        /** @description When a pop-up is to open; the front keeps count. */
        Popup: {
            /** @description Seconds after which it opens. */
            delay: number;
            /** @description Or percent of the page that were scrolled, whichever comes first. */
            scroll: number;
            /** @description No more often than so many times */
            times: number;
            /** @description within so many days. */
            days: number;
        };
        /** @description What went wrong, as RFC 9457 has it. */
        Problem: {
            /**
             * Format: uri
             * @description `urn:regulars:problem:…`: machines go by it.
             */
            type: string;
            title: string;
            status: number;
            /** @description For people. */
            detail?: string;
            errors?: components["schemas"]["Fault"][];
        };
        /** @enum {string} */
        ReasonEnum: "not-followed" | "not-known-yet";
        /** @description A list. */
        RecommendedList: {
            strategy: string;
            /** @description Number of the recommender's version; null without one. */
            version: number | null;
            /** @description What may stand above it; null above an empty list. */
            heading: string | null;
            /** @description Token of the list: clicks are told by it. */
            shown: string | null;
            items: components["schemas"]["ShownProduct"][];
        };
        /** @enum {string} */
        Season: "spring" | "summer" | "autumn" | "winter" | "wet" | "dry";
        /** @description A product. `position`, `reason` and `source` are of recommended ones, null of those that the owner chose. */
        ShownProduct: {
            id: string;
            title: string;
            /** @description Relative to the shop's own address, unless the shop says more. */
            url: string | null;
            /** @description Likewise. */
            image: string | null;
            /** @description A decimal number in whole units, to reckon with. */
            price: string | null;
            /** @description ISO 4217 code of the price: the shop's. */
            currency: string;
            /** @description The price as the language of the answer writes it. */
            price_text: string | null;
            /** @description Its place in the list, 1 in front; clicks are told by it. */
            position: number | null;
            /** @description Why it is recommended, said to the customer. */
            reason: string | null;
            /** @description The strategy that it came from. */
            source: string | null;
        };
        /** @description What to show. All of it is null or empty where there is nothing to show. */
        ShownSlot: {
            slug: string;
            /** @description Of a `page` the variant alone counts: the front takes it on. */
            kind: components["schemas"]["SlotKind"];
            /** @description How much room to keep for it. */
            size: components["schemas"]["SlotSize"];
            /** @description Slug of the variant; null for the default, and for nothing. */
            variant: string | null;
            heading: string | null;
            /** @description Plain text; a line feed is a line feed. */
            text: string | null;
            link: components["schemas"]["Link"] | null;
            image: components["schemas"]["Image"] | null;
            /** @description Of a content that is written as a template: sanitised HTML, in place of all the above. */
            html: string | null;
            products: components["schemas"]["ShownProduct"][];
            /** @description Token of the recommended list: clicks on its products are told by it. */
            shown: string | null;
            /** @description Address of the shop's page that says why; of personal content. */
            why: string | null;
            /** @description Of a pop-up: when it opens. */
            popup: components["schemas"]["Popup"] | null;
        };
        /** @description Those that were asked for and are there, in the order asked for. */
        ShownSlots: {
            slots: components["schemas"]["ShownSlot"][];
        };
        /** @enum {string} */
        SlotKind: "banner" | "block" | "bar" | "popup" | "page";
        /** @enum {string} */
        SlotSize: "none" | "s" | "m" | "l" | "xl";
        /** @description What became of a batch. */
        Taken: {
            /** @description Events that are written now. */
            accepted: number;
            /** @description Events that were taken before. */
            repeated: number;
            /** @description Do not send them again as they are. */
            failed: components["schemas"]["FailedEvent"][];
            /** @description Why nothing is kept of them. */
            reason: components["schemas"]["ReasonEnum"] | components["schemas"]["NullEnum"];
        };
        /** @description The visit that this page is part of. */
        Visit: {
            /** @description New here, here before, or logged in. */
            kind: components["schemas"]["VisitorKind"];
            /** @description Whether what they do may be kept. */
            is_followed: boolean;
            /** @description Whether a visit began with this page: the last one ended half an hour ago. */
            has_begun: boolean;
        };
        /** @description What was said, and what there is to say. */
        VisitorConsent: {
            /** @description Whether the shop has a question: show the notice and the purposes. */
            needs_consent: boolean;
            /** @description Whether the browser asks not to be followed (GPC or DNT). */
            refused_by_browser: boolean;
            notice: components["schemas"]["Notice"];
            purposes: components["schemas"]["AskedPurpose"][];
        };
        /** @enum {string} */
        VisitorKind: "new" | "returning" | "member";
    };
    responses: {
        /** @description The caller has it: nothing changed. */
        NotModified: {
            headers: {
                "API-Version": components["headers"]["API-Version"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description What was sent cannot be: `errors` points to each place. */
        Problem400: {
            headers: {
                "API-Version": components["headers"]["API-Version"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nobody we know. */
        Problem401: {
            headers: {
                "API-Version": components["headers"]["API-Version"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A permission is missing, or the CSRF token. */
        Problem403: {
            headers: {
                "API-Version": components["headers"]["API-Version"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nothing is there, or nothing that the caller may see. */
        Problem404: {
            headers: {
                "API-Version": components["headers"]["API-Version"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Only JSON is given. */
        Problem406: {
            headers: {
                "API-Version": components["headers"]["API-Version"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It cannot be done in the state things are in, or is under way. */
        Problem409: {
            headers: {
                "API-Version": components["headers"]["API-Version"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nobody said how long the body is. */
        Problem411: {
            headers: {
                "API-Version": components["headers"]["API-Version"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `If-Match` names another state than the one it has. */
        Problem412: {
            headers: {
                "API-Version": components["headers"]["API-Version"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large. */
        Problem413: {
            headers: {
                "API-Version": components["headers"]["API-Version"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Only JSON is taken. */
        Problem415: {
            headers: {
                "API-Version": components["headers"]["API-Version"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The `Idempotency-Key` came with another request. */
        Problem422: {
            headers: {
                "API-Version": components["headers"]["API-Version"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests. */
        Problem429: {
            headers: {
                "API-Version": components["headers"]["API-Version"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The shop cannot be read at the moment. */
        Problem503: {
            headers: {
                "API-Version": components["headers"]["API-Version"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description The version that is meant; the current one without it. */
        "API-Version": "1";
        /**
         * @description With the same key it is done once, however often it is sent.
         * @example 5f0c2a3e-6f0e-4f9a-9d0b-2a9d6c1b7e11
         */
        "Idempotency-Key": string;
        /**
         * @description Tag of what the caller saw: 412 if it is another by now.
         * @example "0d3adbeef0d3adbeef0d3adbeef0d3ad"
         */
        "If-Match": string;
        /**
         * @description Tags of what the caller has: 304 while one of them is the right one.
         * @example "0d3adbeef0d3adbeef0d3adbeef0d3ad"
         */
        "If-None-Match": string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description By which version it was made.
         * @example 1
         */
        "API-Version": string;
        /**
         * @description Of the bytes: for `If-None-Match`, and for `If-Match` with a change.
         * @example "0d3adbeef0d3adbeef0d3adbeef0d3ad"
         */
        ETag: string;
        /** @description It was answered before; nothing was done. */
        "Idempotency-Replayed": "true";
        /**
         * @description So many requests may be made at once.
         * @example 500
         */
        "RateLimit-Limit": number;
        /**
         * @description So many of them are left.
         * @example 499
         */
        "RateLimit-Remaining": number;
        /**
         * @description In so many seconds all of them are there again.
         * @example 1
         */
        "RateLimit-Reset": number;
        /**
         * @description In so many seconds it may be tried again.
         * @example 2
         */
        "Retry-After": number;
        /** @description How to say who asks. */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    consent_show: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that is meant; the current one without it. */
                "API-Version"?: components["parameters"]["API-Version"];
                /**
                 * @description Tags of what the caller has: 304 while one of them is the right one.
                 * @example "0d3adbeef0d3adbeef0d3adbeef0d3ad"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "API-Version": components["headers"]["API-Version"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorConsent"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    consent_say: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that is meant; the current one without it. */
                "API-Version"?: components["parameters"]["API-Version"];
                /**
                 * @description Tag of what the caller saw: 412 if it is another by now.
                 * @example "0d3adbeef0d3adbeef0d3adbeef0d3ad"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentWordsRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "API-Version": components["headers"]["API-Version"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorConsent"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            409: components["responses"]["Problem409"];
            411: components["responses"]["Problem411"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    events_tell: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that is meant; the current one without it. */
                "API-Version"?: components["parameters"]["API-Version"];
                /**
                 * @description With the same key it is done once, however often it is sent.
                 * @example 5f0c2a3e-6f0e-4f9a-9d0b-2a9d6c1b7e11
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchRequest"];
                "text/plain": components["schemas"]["BatchRequest"];
            };
        };
        responses: {
            /** @description Taken; it will be done. */
            202: {
                headers: {
                    "API-Version": components["headers"]["API-Version"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Taken"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            409: components["responses"]["Problem409"];
            411: components["responses"]["Problem411"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    me_show: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that is meant; the current one without it. */
                "API-Version"?: components["parameters"]["API-Version"];
                /**
                 * @description Tags of what the caller has: 304 while one of them is the right one.
                 * @example "0d3adbeef0d3adbeef0d3adbeef0d3ad"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "API-Version": components["headers"]["API-Version"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    place_show: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that is meant; the current one without it. */
                "API-Version"?: components["parameters"]["API-Version"];
                /**
                 * @description Tags of what the caller has: 304 while one of them is the right one.
                 * @example "0d3adbeef0d3adbeef0d3adbeef0d3ad"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "API-Version": components["headers"]["API-Version"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Place"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    place_choose: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that is meant; the current one without it. */
                "API-Version"?: components["parameters"]["API-Version"];
                /**
                 * @description Tag of what the caller saw: 412 if it is another by now.
                 * @example "0d3adbeef0d3adbeef0d3adbeef0d3ad"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PlaceChoiceRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "API-Version": components["headers"]["API-Version"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Place"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            409: components["responses"]["Problem409"];
            411: components["responses"]["Problem411"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    place_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that is meant; the current one without it. */
                "API-Version"?: components["parameters"]["API-Version"];
                /**
                 * @description Tag of what the caller saw: 412 if it is another by now.
                 * @example "0d3adbeef0d3adbeef0d3adbeef0d3ad"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedPlaceChoiceRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "API-Version": components["headers"]["API-Version"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Place"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            409: components["responses"]["Problem409"];
            411: components["responses"]["Problem411"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    recommendations_strategies: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that is meant; the current one without it. */
                "API-Version"?: components["parameters"]["API-Version"];
                /**
                 * @description Tags of what the caller has: 304 while one of them is the right one.
                 * @example "0d3adbeef0d3adbeef0d3adbeef0d3ad"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "API-Version": components["headers"]["API-Version"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KnownStrategies"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    recommendations_show: {
        parameters: {
            query?: {
                /** @description Ids of what lies in the cart. */
                basket?: string[];
                /** @description Instead of `Accept-Language`: the shop's nearest is taken. */
                language?: string;
                /** @description Products at most. */
                limit?: number;
                /** @description What the cart lacks for free delivery, in the shop's currency. */
                missing?: string;
                /** @description Id of the product that the page is about. */
                product?: string[];
                /** @description What was searched for. */
                query?: string;
                /** @description Ids of what is on the wishlist. */
                wishes?: string[];
                /** @description Ids of what the page shows already: none of it is recommended. */
                without?: string[];
            };
            header?: {
                /** @description The version that is meant; the current one without it. */
                "API-Version"?: components["parameters"]["API-Version"];
                /**
                 * @description Tags of what the caller has: 304 while one of them is the right one.
                 * @example "0d3adbeef0d3adbeef0d3adbeef0d3ad"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                strategy: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "API-Version": components["headers"]["API-Version"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecommendedList"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    recommendations_clicked: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that is meant; the current one without it. */
                "API-Version"?: components["parameters"]["API-Version"];
                /**
                 * @description With the same key it is done once, however often it is sent.
                 * @example 5f0c2a3e-6f0e-4f9a-9d0b-2a9d6c1b7e11
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClickRequest"];
            };
        };
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    "API-Version": components["headers"]["API-Version"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            409: components["responses"]["Problem409"];
            411: components["responses"]["Problem411"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    slots_several: {
        parameters: {
            query: {
                /** @description Ids of what lies in the cart. */
                basket?: string[];
                /** @description Instead of `Accept-Language`: the shop's nearest is taken. */
                language?: string;
                /** @description What the cart lacks for free delivery, in the shop's currency. */
                missing?: string;
                /** @description Id of the product that the page is about. */
                product?: string[];
                /** @description What was searched for. */
                query?: string;
                slug: string[];
                /** @description Ids of what is on the wishlist. */
                wishes?: string[];
                /** @description Ids of what the page shows already: none of it is recommended. */
                without?: string[];
            };
            header?: {
                /** @description The version that is meant; the current one without it. */
                "API-Version"?: components["parameters"]["API-Version"];
                /**
                 * @description Tags of what the caller has: 304 while one of them is the right one.
                 * @example "0d3adbeef0d3adbeef0d3adbeef0d3ad"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "API-Version": components["headers"]["API-Version"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownSlots"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    slots_show: {
        parameters: {
            query?: {
                /** @description Ids of what lies in the cart. */
                basket?: string[];
                /** @description Instead of `Accept-Language`: the shop's nearest is taken. */
                language?: string;
                /** @description What the cart lacks for free delivery, in the shop's currency. */
                missing?: string;
                /** @description Id of the product that the page is about. */
                product?: string[];
                /** @description What was searched for. */
                query?: string;
                /** @description Ids of what is on the wishlist. */
                wishes?: string[];
                /** @description Ids of what the page shows already: none of it is recommended. */
                without?: string[];
            };
            header?: {
                /** @description The version that is meant; the current one without it. */
                "API-Version"?: components["parameters"]["API-Version"];
                /**
                 * @description Tags of what the caller has: 304 while one of them is the right one.
                 * @example "0d3adbeef0d3adbeef0d3adbeef0d3ad"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "API-Version": components["headers"]["API-Version"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownSlot"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    visit_say: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version that is meant; the current one without it. */
                "API-Version"?: components["parameters"]["API-Version"];
                /**
                 * @description Tag of what the caller saw: 412 if it is another by now.
                 * @example "0d3adbeef0d3adbeef0d3adbeef0d3ad"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["FrontPageRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "API-Version": components["headers"]["API-Version"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Visit"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            409: components["responses"]["Problem409"];
            411: components["responses"]["Problem411"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
}
