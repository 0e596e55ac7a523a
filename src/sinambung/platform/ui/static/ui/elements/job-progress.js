// Asks the server every second how far the work is, and replaces itself with the answer.
customElements.define("job-progress", class extends HTMLElement {
  connectedCallback() {
    if (!this.getAttribute("source")) return;
    this.pause = Number(this.getAttribute("pause") ?? 1000);
    this.timer = setTimeout(() => this.ask(), this.pause);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async ask() {
    try {
      const answer = await fetch(this.getAttribute("source"), { headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const holder = document.createElement("template");
      holder.innerHTML = await answer.text();
      const next = holder.content.querySelector("job-progress");
      if (next) {
        this.take(next);
        this.timer = setTimeout(() => this.ask(), this.pause);
      } else {
        const goTo = answer.headers.get("HX-Redirect");
        if (goTo) location.assign(goTo);
        else if (this.hasAttribute("reload")) location.reload();
        else this.replaceWith(holder.content);
      }
    } catch {
      this.pause = Math.min(this.pause * 2, 15000);
      this.timer = setTimeout(() => this.ask(), this.pause);
    }
  }

  take(next) {
    const [from, to] = [next.querySelector("progress"), this.querySelector("progress")];
    const isSame = from && to && next.querySelectorAll("*").length === this.querySelectorAll("*").length;
    if (!isSame) {
      this.replaceChildren(...next.childNodes);
      return;
    }
    to.value = from.value;
    to.max = from.max;
    const [texts, ours] = [next, this].map((root) => [...root.querySelectorAll("p, .progress > span")]);
    ours.forEach((element, place) => {
      if (element.textContent !== texts[place]?.textContent) element.innerHTML = texts[place].innerHTML;
    });
  }
});
