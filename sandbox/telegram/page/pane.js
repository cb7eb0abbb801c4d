// One chat on the page: header, messages, what may be done with each; the composer is below.

import { Composer } from "./composer.js";
import { day, renderMessage } from "./message.js";
import { withClass } from "./text.js";
import { startOf } from "./writing.js";

const COLOURS = 7;
const REACTIONS = ["👍", "❤", "🔥"];
let drawn = 0;

export class Pane {
  /**
   * `told` is {role, chat_id, viewer_id}; `send(path, body)` posts to the sandbox and gives its answer, or null;
   * `page` has alert(text), askPlace(then) and open(chatId).
   */
  constructor(told, chat, messages, send, page) {
    this.chatId = told.chat_id;
    this.viewerId = told.viewer_id;
    this.roleName = told.role;
    this.send = send;
    this.page = page;
    this.waiting = new Set();
    this.element = document.getElementById("pane").content.firstElementChild.cloneNode(true);
    this.element.id = `pane-${drawn++}`;
    this.log = this.find(".log");
    this.composer = new Composer(this);
    this.listen();
    this.updateChat(chat);
    for (const message of messages) this.updateMessage(message, false);
    this.isLoaded = true;
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  listen() {
    this.find(".start").addEventListener("click", () => this.start());
    this.find(".block").addEventListener("click", () => this.toggleBlock());
    this.find(".pinned").addEventListener("click", () => this.show(this.chat.pinned));
    this.log.addEventListener("click", (event) => this.followLink(event));
    this.log.addEventListener("contextmenu", (event) => this.openActs(event));
    this.find(".acts").addEventListener("keydown", (event) => { if (event.key === "Escape") this.closeActs(); });
    this.find(".acts").addEventListener("focusout", (event) => { if (!this.find(".acts").contains(event.relatedTarget)) this.closeActs(); });
  }

  // The chat itself.

  updateChat(chat) {
    this.chat = chat;
    const isPrivate = chat.kind === "private";
    const label = isPrivate ? `${this.roleName} · ${chat.person}` : this.roleName;
    this.element.setAttribute("aria-label", `${label}: ${chat.name}`);
    this.find("h2").textContent = chat.name;
    this.find(".role").textContent = label;
    this.find(".status").textContent = isPrivate ? "bot" : members(chat);
    const avatar = this.find(".avatar");
    avatar.textContent = initials(chat.name);
    avatar.className = `avatar colour-${Math.abs(chat.id) % COLOURS}`;
    this.drawFoot(isPrivate);
    this.drawPinned();
  }

  drawFoot(isPrivate) {
    const chat = this.chat;
    const mayWrite = chat.kind !== "channel" && !(isPrivate && (!chat.started || chat.blocked));
    this.find(".mute").hidden = chat.kind !== "channel";
    this.find(".mute").textContent = "Only the bot writes here";
    const start = this.find(".start");
    start.hidden = !isPrivate || mayWrite;
    start.textContent = chat.blocked ? "Unblock" : "Start";
    const block = this.find(".block");
    block.hidden = !isPrivate || !chat.started;
    block.textContent = chat.blocked ? "Unblock" : "Block";
    block.setAttribute("aria-pressed", String(chat.blocked === true));
    this.drawGreeting(isPrivate);
    this.composer.update(mayWrite);
  }

  drawGreeting(isPrivate) {
    this.find(".greeting")?.remove();
    if (!isPrivate || this.chat.started || this.log.childElementCount) return;
    const node = withClass("div", "greeting");
    node.textContent = this.chat.description || "Press Start to talk to the bot.";
    this.log.append(node);
  }

  drawPinned() {
    const pinned = this.chat.pinned === null ? null : this.messageNode(this.chat.pinned);
    const bar = this.find(".pinned");
    bar.hidden = !pinned;
    bar.dir = "auto";
    bar.textContent = pinned ? `📌 ${pinned.querySelector(".text, .rich")?.textContent.trim().slice(0, 90) ?? "Pinned message"}` : "";
  }

  // Messages.

  messageNode(id) {
    return this.log.querySelector(`.message[data-id="${id}"]`);
  }

  updateMessage(message, isNew = true) {
    const old = this.messageNode(message.id);
    if (message.deleted) { old?.remove(); return; }
    const act = { say: (text) => this.say(text), press: (button, node) => this.press(message, button, node), vote: (options) => this.post("vote", { chat_id: this.chatId, message_id: message.id, options }) };
    const node = renderMessage(message, this.viewerId, act);
    this.equip(node, message);
    if (old) {
      node.classList.add("changed");
      old.replaceWith(node);
    } else {
      const wasAtEnd = this.isAtEnd();
      this.append(node, message.date);
      if (isNew && (wasAtEnd || message.sender_id === this.viewerId)) this.follow(node);
    }
    if (message.id === this.chat.pinned) this.drawPinned();
  }

  /** Whose message it is, in a group; and the button for what may be done with it. */
  equip(node, message) {
    const bubble = node.querySelector(".bubble");
    if (this.chat.kind.endsWith("group") && message.sender_id !== this.viewerId) {
      const name = withClass("div", "sender");
      name.textContent = message.sender;
      bubble.prepend(name);
    }
    const more = withClass("button", "more");
    more.type = "button";
    more.setAttribute("aria-label", "More");
    more.setAttribute("aria-haspopup", "menu");
    more.addEventListener("click", () => this.showActs(message, more));
    bubble.append(more);
  }

  append(node, date) {
    this.find(".greeting")?.remove();
    const last = [...this.log.querySelectorAll(".message")].at(-1);
    if (!last || day(Number(last.dataset.date)) !== day(date)) {
      const mark = withClass("p", "day");
      mark.textContent = day(date);
      this.log.append(mark);
    }
    this.log.append(node);
  }

  isAtEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 120;
  }

  /** Bring a new message into view: its end, or its beginning where it is taller than the view. */
  follow(node) {
    const isTall = node.offsetHeight > this.log.clientHeight - 40;
    this.log.scrollTop = isTall ? node.offsetTop - 48 : this.log.scrollHeight;
  }

  scrollToEnd() {
    const last = [...this.log.querySelectorAll(".message")].at(-1);
    if (last) this.follow(last);
  }

  show(id) {
    this.messageNode(id)?.scrollIntoView({ block: "center", behavior: "smooth" });
  }

  // What may be done with a message.

  openActs(event) {
    const more = event.target.closest(".message")?.querySelector(".more");
    if (!more || event.target.closest("a, input, textarea")) return;
    event.preventDefault();
    more.click();
  }

  showActs(message, more) {
    const acts = this.find(".acts");
    const isOwn = message.sender_id === this.viewerId;
    const offers = [];
    if (!this.find(".composer").hidden) offers.push(["Reply", () => this.composer.replyTo(message)]);
    if (isOwn && message.text) offers.push(["Edit", () => this.composer.edit(message)]);
    if (!isOwn) for (const emoji of REACTIONS) offers.push([emoji, () => this.post("react", { chat_id: this.chatId, message_id: message.id, emoji })]);
    acts.replaceChildren(...offers.map(([text, does]) => {
      const node = withClass("button", "act");
      node.type = "button";
      node.setAttribute("role", "menuitem");
      node.textContent = text;
      node.addEventListener("click", () => { this.closeActs(); does(); });
      return node;
    }));
    acts.hidden = false;
    const [place, frame] = [more.getBoundingClientRect(), this.element.getBoundingClientRect()];
    acts.style.top = `${Math.min(place.bottom - frame.top, frame.height - acts.offsetHeight - 70)}px`;
    acts.style.left = `${Math.max(8, Math.min(place.left - frame.left, frame.width - acts.offsetWidth - 8))}px`;
    acts.firstElementChild?.focus();
  }

  closeActs() {
    this.find(".acts").hidden = true;
  }

  /** A link to the bot starts it here, and one to a chat of this page opens that. */
  followLink(event) {
    const address = event.target.closest("a[href]")?.href;
    if (!address) return;
    const payload = startOf(address, this.chat.bot);
    const opened = payload === null && this.page.open(new URL(address));
    if (payload === null && !opened) return;
    event.preventDefault();
    if (payload !== null) this.startBot(payload);
  }

  // What the viewer does.

  post(path, body) {
    return this.send(path, { user_id: this.viewerId, ...body });
  }

  say(text, more = {}) {
    const body = { text, ...more };
    if (this.chat.kind !== "private") body.chat_id = this.chatId;
    return this.post("say", body);
  }

  /** Follow a link to the bot: what it is started with goes to the private chat. */
  startBot(payload) {
    this.page.open(this.viewerId);
    return this.post("say", { text: `/start ${payload}`.trim() });
  }

  askPlace() {
    this.page.askPlace((place) => this.post("location", place));
  }

  start() {
    return this.chat.blocked ? this.post("unblock", {}) : this.say("/start");
  }

  toggleBlock() {
    return this.post(this.chat.blocked ? "unblock" : "block", {});
  }

  async press(message, button, node) {
    if (button.copy_text) {
      await navigator.clipboard?.writeText(button.copy_text.text).catch(() => {});
      this.toast("Copied");
      return;
    }
    if (button.callback_data === undefined) return;
    node.setAttribute("aria-busy", "true");
    this.waiting.add(node);
    setTimeout(() => this.release(node), 15000);
    const body = { chat_id: this.chatId, message_id: message.id, button: button.callback_data };
    if (!(await this.post("press", body))) this.release(node);
  }

  release(node) {
    node.removeAttribute("aria-busy");
    this.waiting.delete(node);
  }

  answered(toast) {
    for (const node of this.waiting) this.release(node);
    if (!toast.text) return;
    if (toast.alert) this.page.alert(toast.text);
    else this.toast(toast.text);
  }

  toast(text) {
    const node = this.find(".toast");
    node.textContent = text;
    node.classList.add("shown");
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => node.classList.remove("shown"), 4000);
  }
}

function members(chat) {
  const word = chat.kind === "channel" ? "subscriber" : "member";
  return `${chat.members} ${word}${chat.members === 1 ? "" : "s"}`;
}

function initials(name) {
  const words = name.replace(/^(the|a) /i, "").split(/\s+/).filter(Boolean);
  return words.slice(0, 2).map((word) => [...word][0].toUpperCase()).join("") || "?";
}

