// Sends the changed cells and takes the answer; returns the sentence to show, if there is one.
export async function send(editor) {
  const changes = editor.changes.sendable();
  if (!changes.length) return undefined;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
  body.set("changes", JSON.stringify(changes));
  for (const field of document.querySelectorAll("[data-with-save]")) body.set(field.name, field.value);
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(editor.getAttribute("action"), { method: "POST", body, headers });
    const result = await answer.json();
    editor.changes.settle(result);
    for (const [id, text] of Object.entries(result.cells ?? {})) {
      const target = document.getElementById(id);
      if (target) target.textContent = text;
    }
    for (const [id, tone] of Object.entries(result.tones ?? {})) {
      const target = document.getElementById(id);
      if (target) target.className = tone ? `badge badge--${tone}` : "badge";
    }
    for (const [key, isApart] of Object.entries(result.spread ?? {})) editor.cell(key)?.classList.toggle("is-spread", isApart);
    const clashes = Object.keys(result.conflicts ?? {}).length;
    if (clashes) return editor.text("conflicts", { n: clashes });
    return result.message ?? result.detail;
  } catch {
    return editor.text("failed");
  }
}
