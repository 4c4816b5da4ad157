// Shows how far a work is, and loads the page anew when it is done. Asks each second at first, later each five.
(() => {
  const panel = document.querySelector("[data-rg-progress]");
  if (!panel) return;
  const text = panel.querySelector("[data-rg-text]");
  const bar = panel.querySelector("progress");
  const mark = panel.dataset.rgMark;
  let wait = 1000;

  const ask = async () => {
    try {
      const response = await fetch(panel.dataset.rgProgress, { credentials: "same-origin" });
      if (!response.ok) return;
      const found = await response.json();
      if (!found.waits) {
        if (found.mark !== mark) location.reload();
        return;
      }
      if (text.textContent !== found.text) text.textContent = found.text;
      bar.value = found.percent;
    } catch {
      // The next time may do better.
    }
    wait = Math.min(wait * 1.2, 5000);
    setTimeout(ask, wait);
  };

  setTimeout(ask, wait);
})();
