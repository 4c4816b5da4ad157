// Screen readers say what is put into a status after the page is there, not what came with it.
for (const status of document.querySelectorAll("[data-rg-announce]")) {
  setTimeout(() => { status.textContent = status.dataset.rgAnnounce; }, 500);
}
