// Search as you type: asks the server, shows its options, keeps the chosen value in the hidden input.
customElements.define("combo-box", class extends HTMLElement {
  connectedCallback() {
    this.hidden_ = this.querySelector("input[type=hidden]");
    this.input = this.querySelector("input:not([type=hidden])");
    this.list = document.createElement("ul");
    this.list.className = "combo__list";
    this.list.id = `${this.input.id}_pilihan`;
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    this.append(this.list);
    const label = document.querySelector(`label[for="${this.input.id}"]`);
    this.list.setAttribute("aria-label", label?.textContent.trim() ?? "");
    const names = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" };
    for (const [name, value] of Object.entries(names)) this.input.setAttribute(name, value);
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("pointerdown", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
  }

  wait() {
    this.hidden_.value = "";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 200);
  }

  async ask() {
    const text = this.input.value.trim();
    if (text.length < 2) return this.close();
    this.request?.abort();
    this.request = new AbortController();
    const address = new URL(this.getAttribute("source"), location.href);
    address.searchParams.set("q", text);
    try {
      const headers = { "HX-Request": "true" };
      const answer = await fetch(address, { signal: this.request.signal, headers });
      if (!answer.ok) return;
      this.list.innerHTML = await answer.text();
      this.options().forEach((option, place) => { option.id = `${this.list.id}_${place}`; });
      this.list.hidden = this.list.childElementCount === 0;
      this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  key(event) {
    const options = this.options();
    const here = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") return this.close();
    if (event.key === "Enter" && here >= 0 && !this.list.hidden) {
      event.preventDefault();
      return this.choose(options[here]);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !options.length) return undefined;
    event.preventDefault();
    options[here]?.removeAttribute("aria-selected");
    const next = options[(here + step + options.length) % options.length];
    next.setAttribute("aria-selected", "true");
    next.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", next.id);
  }

  choose(option) {
    this.hidden_.value = option.dataset.value;
    this.input.value = option.dataset.text ?? option.firstChild.textContent.trim();
    this.close();
    this.hidden_.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
});
