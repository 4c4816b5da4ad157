// Pop-ups with manners: late, seldom, one at a time, never over another dialog, the consent banner or somebody who types.
(() => {
  const DAY = 864e5;
  const seen = new Set();
  let isOpen = false;

  const key = (dialog) => `rg_popup_${dialog.dataset.rgPopup}`;

  const past = (dialog) => {
    try {
      const since = Date.now() - dialog.dataset.rgDays * DAY;
      return JSON.parse(localStorage.getItem(key(dialog)) || "[]").filter((at) => at > since);
    } catch {
      return null; // nothing can be remembered, so it would open on every page
    }
  };

  const isBusy = () =>
    isOpen ||
    document.querySelector("dialog[open], [data-rg-consent]:not([hidden])") ||
    document.activeElement?.matches("input, textarea, select, [contenteditable]");

  const open = (dialog) => {
    if (!dialog.isConnected) return;
    if (isBusy()) {
      setTimeout(open, 5000, dialog);
      return;
    }
    const times = past(dialog);
    if (!times || times.length >= dialog.dataset.rgTimes) return;
    try {
      localStorage.setItem(key(dialog), JSON.stringify([...times, Date.now()]));
    } catch {
      return;
    }
    isOpen = true;
    dialog.addEventListener("close", () => { isOpen = false; }, { once: true });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.showModal(); // Esc closes it, and the focus goes back to where it was
  };

  const wait = (dialog) => {
    if (seen.has(dialog.dataset.rgPopup) || typeof dialog.showModal !== "function") return;
    const times = past(dialog);
    if (!times || times.length >= dialog.dataset.rgTimes) return;
    seen.add(dialog.dataset.rgPopup);
    const stop = new AbortController();
    const go = () => {
      stop.abort();
      clearTimeout(timer);
      open(document.querySelector(`[data-rg-popup="${dialog.dataset.rgPopup}"]`) || dialog);
    };
    const timer = setTimeout(go, dialog.dataset.rgDelay * 1000);
    const scrolled = () => {
      const whole = document.documentElement.scrollHeight - innerHeight;
      if (whole > 0 && scrollY / whole * 100 >= dialog.dataset.rgScroll) go();
    };
    addEventListener("scroll", scrolled, { passive: true, signal: stop.signal });
  };

  const look = () => document.querySelectorAll("dialog[data-rg-popup]").forEach(wait);
  document.addEventListener("rg:slot", look);
  look();
})();
