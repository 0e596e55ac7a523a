// Loads the elements that a page uses, also those that htmx swaps in later; stops a second click; shows the open tab.
const version = new URL(import.meta.url).search;
const known = new Set([
  "combo-box", "confirm-submit", "copy-text", "draft-keeper", "drop-menu", "error-summary", "file-drop",
  "grid-editor", "job-progress", "local-time", "password-reveal", "row-selection", "toast-note",
]);

function load(root) {
  for (const element of root.querySelectorAll(":not(:defined)")) {
    const name = element.localName;
    if (known.delete(name)) import(`./${name}.js${version}`);
  }
}

load(document);
new MutationObserver((changes) => {
  for (const change of changes) {
    for (const node of change.addedNodes) if (node.nodeType === 1) load(node.parentElement ?? node);
  }
}).observe(document.body, { childList: true, subtree: true });

for (const link of document.querySelectorAll(".tabs [aria-current]")) {
  link.closest(".tabs").scrollLeft = link.offsetLeft - 24;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => {
    delete form.dataset.sent;
    event.submitter?.removeAttribute("aria-busy");
  }, 4000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
