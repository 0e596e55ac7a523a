// Loads the elements that a page uses, also those that htmx swaps in later.
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
