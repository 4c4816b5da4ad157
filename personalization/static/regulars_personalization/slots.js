// Puts what is this visitor's own into the slots of a page that everyone was given. Late or failing, what is there stays.
(() => {
  const TIMEOUT = 800;
  const script = document.currentScript;

  const put = (slot, html) => {
    const height = slot.offsetHeight;
    const isBelow = slot.getBoundingClientRect().top > innerHeight;
    slot.innerHTML = html;
    // Nothing on the screen may jump: the slot keeps its height, and what is taller is scrolled inside it.
    if (!isBelow && slot.offsetHeight !== height) {
      slot.style.height = `${height}px`;
      if (slot.scrollHeight > slot.clientHeight) {
        slot.style.overflow = "auto";
        slot.tabIndex = 0;
      }
      addEventListener("resize", () => { slot.style.height = slot.style.overflow = ""; }, { once: true });
    }
    slot.dispatchEvent(new CustomEvent("rg:slot", { bubbles: true }));
  };

  const load = async () => {
    const slots = [...document.querySelectorAll("[data-rg-slot]")];
    const hasKeys = document.querySelector("[data-rg-keyed]");
    if (!slots.length && !hasKeys) return;
    const query = new URLSearchParams(slots.map(({ dataset: { rgSlot, rgAt } }) => ["slot", rgAt ? `${rgSlot}?${rgAt}` : rgSlot]));
    query.append("language", document.documentElement.lang);
    const response = await fetch(`${script.dataset.rgSlots}?${query}`, {
      credentials: "same-origin",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (!response.ok) return;
    const found = (await response.json()).slots;
    for (const slot of slots) {
      const html = found[slot.dataset.rgSlot];
      if (html !== undefined && !slot.contains(document.activeElement)) put(slot, html);
    }
  };

  load().catch(() => {});
})();
