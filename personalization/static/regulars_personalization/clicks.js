// Tells which product of a recommended list was opened. Where it cannot run, nothing is counted.
(() => {
  const address = document.currentScript.dataset.rgClicked;
  const told = new Set();

  const tell = (event) => {
    if (event.type === "auxclick" && event.button !== 1) return; // of the other buttons only the middle one opens a page
    const item = event.target.closest?.("a[href], button")?.closest("[data-rg-place]");
    const list = item?.closest("[data-rg-shown]");
    if (!list) return;
    const said = String(new URLSearchParams({ shown: list.dataset.rgShown, place: item.dataset.rgPlace }));
    if (told.has(said)) return;
    told.add(said);
    navigator.sendBeacon?.(address, new URLSearchParams(said));
  };

  // Before anybody else hears of it, since others may keep it to themselves. A key that opens a link clicks it too.
  for (const kind of ["click", "auxclick"]) addEventListener(kind, tell, { capture: true, passive: true });
})();
