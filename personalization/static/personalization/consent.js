// On a page that a cache keeps for everybody, the banner is fetched for whoever has not answered yet.
for (const place of document.querySelectorAll("[data-rg-consent]")) {
  const asked = new URLSearchParams({ next: location.pathname + location.search, came_from: document.referrer });
  fetch(`${place.dataset.rgConsent}?${asked}`, { credentials: "same-origin" })
    .then((response) => (response.status === 200 ? response.text() : ""))
    .then((html) => {
      place.innerHTML = html;
      const status = place.querySelector("[data-rg-announce]");
      if (status) setTimeout(() => { status.textContent = status.dataset.rgAnnounce; }, 500);
    })
    .catch(() => {});
}
