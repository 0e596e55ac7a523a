// Writes how far a moment is away, in the page's language, and keeps it true: <local-time datetime="...">text</local-time>.
const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60]];

customElements.define("local-time", class extends HTMLElement {
  connectedCallback() {
    this.moment = new Date(this.getAttribute("datetime"));
    if (Number.isNaN(this.moment.getTime())) return;
    this.title = this.textContent.trim();
    this.show();
    this.timer = setInterval(() => this.show(), 30000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show() {
    const seconds = (this.moment - Date.now()) / 1000;
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
    const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["minute", 60];
    this.textContent = words.format(Math.round(seconds / size), unit);
  }
});
