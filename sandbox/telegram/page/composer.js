// Below a chat: the field, the commands, a picture, a reply or an edit, inline results, the buttons that a bot offers.

import { withClass } from "./text.js";
import { asHtml, base64, formatted, inlineWords } from "./writing.js";

const PAUSE = 200; // milliseconds without a key before the bot is asked, as it is typed

export class Composer {
  /** `pane` is the chat that it writes to: its element, its chat, who looks, and `send(path, body)`. */
  constructor(pane) {
    this.pane = pane;
    this.field = this.find("textarea");
    this.asked = 0;
    this.find(".composer").addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.find(".menu").addEventListener("click", () => this.toggleCommands(this.find(".commands").hidden));
    this.find(".attach").addEventListener("click", () => this.find(".file").click());
    this.find(".file").addEventListener("change", () => this.attach());
    this.find(".drop").addEventListener("click", () => this.drop());
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    for (const list of [".commands", ".results"]) this.find(list).addEventListener("keydown", (event) => this.listKey(event));
  }

  find(selector) {
    return this.pane.find(selector);
  }

  get chat() {
    return this.pane.chat;
  }

  // What the chat offers.

  update(mayWrite) {
    const chat = this.chat;
    this.find(".composer").hidden = !mayWrite;
    this.find(".menu").hidden = !(chat.kind === "private" && chat.menu && chat.commands.length);
    this.find(".attach").hidden = chat.kind !== "private";
    this.field.setAttribute("aria-label", `Message to ${chat.name}`);
    this.drawCommands(chat.commands ?? []);
    this.drawKeys(mayWrite ? chat.reply_keyboard ?? [] : []);
  }

  drawKeys(rows) {
    const keys = this.find(".keys");
    keys.hidden = !rows.length;
    keys.replaceChildren(...rows.map((row) => {
      const line = withClass("div", "keyboard-row");
      line.append(...row.map((button) => this.replyKey(button)));
      return line;
    }));
  }

  replyKey(button) {
    const node = withClass("button", "key");
    node.type = "button";
    node.dir = "auto";
    const text = typeof button === "string" ? button : button.text;
    node.textContent = button.request_location ? `📍 ${text}` : text;
    node.addEventListener("click", () => (button.request_location ? this.pane.askPlace() : this.pane.say(text)));
    return node;
  }

  // What is about to be sent: a reply, an edit, a picture.

  replyTo(message) {
    this.begin({ reply: message.id }, `Reply to: ${message.text || "a message"}`);
  }

  edit(message) {
    this.begin({ edit: message.id }, "Edit your message");
    this.field.value = message.text;
    this.typed();
  }

  async attach() {
    const file = this.find(".file").files[0];
    this.find(".file").value = "";
    if (file) this.begin({ picture: await base64(file) }, `Picture: ${file.name}`);
  }

  begin(about, told) {
    this.about = about;
    this.find(".about-text").textContent = told.slice(0, 90);
    this.find(".about").hidden = false;
    this.field.placeholder = about.picture ? "Caption" : "Message";
    this.field.focus();
  }

  drop() {
    if (this.about?.edit) this.field.value = "";
    this.about = undefined;
    this.find(".about").hidden = true;
    this.field.placeholder = "Message";
    this.typed();
  }

  submit() {
    const text = this.field.value.trim();
    const about = this.about;
    if (!text && !about?.picture) return;
    this.field.value = "";
    this.toggleCommands(false);
    this.drop();
    if (about?.picture) this.pane.post("photo", { content: about.picture, caption_html: asHtml(text) });
    else if (about?.edit) this.pane.post("rewrite", { chat_id: this.pane.chatId, message_id: about.edit, text });
    else if (about?.reply) this.pane.say(text, { reply_to: about.reply });
    else this.pane.say(text, this.chat.kind === "private" ? { html: formatted(text) } : {});
  }

  // Keys.

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.submit(); }
    if (event.key === "Escape") { this.toggleCommands(false); this.showResults(null); if (this.about) this.drop(); }
    const offered = this.offered();
    if ((event.key === "ArrowUp" || event.key === "ArrowDown") && offered.length) {
      event.preventDefault();
      offered.at(event.key === "ArrowDown" ? 0 : -1).focus();
    }
  }

  listKey(event) {
    const offered = this.offered();
    const at = offered.indexOf(document.activeElement);
    if (event.key === "ArrowDown") offered[(at + 1) % offered.length]?.focus();
    else if (event.key === "ArrowUp") offered.at(at - 1)?.focus();
    else if (event.key === "Escape") { this.toggleCommands(false); this.showResults(null); this.field.focus(); }
    else return;
    event.preventDefault();
  }

  typed() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 160)}px`;
    const text = this.field.value;
    this.toggleCommands(/^\/\w*$/.test(text), text);
    clearTimeout(this.timer);
    const words = this.about ? null : inlineWords(text, this.chat.bot);
    if (words === null) this.showResults(null);
    else this.timer = setTimeout(() => this.ask(words), PAUSE);
  }

  // The commands that the bot has.

  drawCommands(commands) {
    this.find(".commands").replaceChildren(...commands.map((command) => {
      const name = `/${command.command}`;
      const item = offer(name, command.description, () => {
        this.field.value = "";
        this.toggleCommands(false);
        this.pane.say(name);
        this.field.focus();
      });
      item.firstElementChild.dataset.command = name;
      return item;
    }));
  }

  offered() {
    const open = [".commands", ".results"].map((list) => this.find(list)).find((list) => !list.hidden);
    return open ? [...open.querySelectorAll("li:not([hidden]) button")] : [];
  }

  toggleCommands(shown, prefix = "/") {
    const list = this.find(".commands");
    for (const item of list.children) item.hidden = !item.firstElementChild.dataset.command.startsWith(prefix);
    list.hidden = !shown || ![...list.children].some((item) => !item.hidden);
    this.find(".menu").setAttribute("aria-expanded", String(!list.hidden));
  }

  // Inline mode: what the bot offers for `@bot words`, to be sent into this chat.

  async ask(words) {
    const number = ++this.asked;
    const answer = await this.pane.post("inline", { text: words });
    if (number === this.asked && answer && inlineWords(this.field.value, this.chat.bot) !== null) this.showResults(answer);
  }

  showResults(answer) {
    const list = this.find(".results");
    list.hidden = answer === null || !(answer.results.length || answer.button);
    list.replaceChildren();
    if (answer === null) { this.asked += 1; return; }
    if (answer.button) list.append(offer(answer.button.text, "", () => this.pane.startBot(answer.button.start_parameter)));
    for (const result of answer.results) list.append(offer(result.title, result.description, () => this.choose(answer, result)));
    this.pane.scrollToEnd();
  }

  choose(answer, result) {
    this.field.value = "";
    this.showResults(null);
    this.typed();
    this.pane.post("choose", { query_id: answer.query_id, result_id: result.id, chat_id: this.pane.chatId });
    this.field.focus();
  }
}

function offer(title, description, act) {
  const item = document.createElement("li");
  const button = withClass("button", "offer");
  button.type = "button";
  const name = withClass("strong", "name");
  const more = withClass("span", "description");
  name.textContent = title;
  more.textContent = description;
  name.dir = more.dir = "auto";
  button.append(name, more);
  button.addEventListener("click", act);
  item.append(button);
  return item;
}
