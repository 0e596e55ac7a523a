// Passkeys: asks the server for a challenge, lets the device answer it, and posts the answer.
const bytes = (text) => Uint8Array.from(
  atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function options(answer) {
  const key = answer.publicKey;
  key.challenge = bytes(key.challenge);
  if (key.user) key.user.id = bytes(key.user.id);
  for (const list of [key.allowCredentials, key.excludeCredentials]) {
    for (const entry of list ?? []) entry.id = bytes(entry.id);
  }
  return { publicKey: key };
}

function plain(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return {
    id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

class Passkey extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return;
    this.hidden = false;
    this.form = this.querySelector("form");
    this.message = this.querySelector("[role=alert]");
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.run(); });
    this.querySelector("button[type=button]")?.addEventListener("click", () => this.run());
  }

  async run() {
    this.message.hidden = true;
    try {
      const answer = await fetch(this.getAttribute("source"), { headers: { Accept: "application/json" } });
      if (answer.redirected) return location.assign(answer.url);
      await this.post(await this.ask(options(await answer.json())));
    } catch (error) {
      if (error.name !== "AbortError" && error.name !== "NotAllowedError") this.say(error.message);
    }
    return undefined;
  }

  async post(credential) {
    const body = new FormData(this.form);
    body.set("credential", JSON.stringify(plain(credential)));
    body.set("next", this.getAttribute("next") ?? "/");
    const answer = await fetch(this.getAttribute("source"), { method: "POST", body });
    const told = await answer.json();
    if (answer.ok) location.assign(told.location);
    else this.say(told.sentence);
  }

  say(sentence) {
    this.message.textContent = sentence;
    this.message.hidden = false;
  }
}

customElements.define("passkey-sign-in", class extends Passkey {
  ask(asked) { return navigator.credentials.get(asked); }
});
customElements.define("passkey-add", class extends Passkey {
  ask(asked) { return navigator.credentials.create(asked); }
});
