// One chat on the page: header, messages, composer.

import { day, renderMessage } from "./message.js";
import { withClass } from "./text.js";

const COLOURS = 7;
let drawn = 0;

export class Pane {
  /** `told` is {role, chat_id, viewer_id}; `send(path, body)` posts to the sandbox; `alert(text)` shows a dialogue. */
  constructor(told, chat, messages, send, alert) {
    this.chatId = told.chat_id;
    this.viewerId = told.viewer_id;
    this.roleName = told.role;
    this.send = send;
    this.alert = alert;
    this.waiting = new Set();
    this.element = document.getElementById("pane").content.firstElementChild.cloneNode(true);
    this.element.id = `pane-${drawn++}`;
    this.log = this.find(".log");
    this.field = this.find("textarea");
    this.listen();
    this.updateChat(chat);
    for (const message of messages) this.updateMessage(message, false);
    this.isLoaded = true;
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  listen() {
    this.find(".composer").addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.find(".menu").addEventListener("click", () => this.toggleCommands(this.find(".commands").hidden));
    this.find(".start").addEventListener("click", () => this.start());
    this.find(".block").addEventListener("click", () => this.toggleBlock());
    this.find(".pinned").addEventListener("click", () => this.show(this.chat.pinned));
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.find(".commands").addEventListener("keydown", (event) => this.commandKey(event));
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
    this.find(".composer").hidden = !mayWrite;
    this.find(".mute").hidden = chat.kind !== "channel";
    this.find(".mute").textContent = "Only the bot writes here";
    const start = this.find(".start");
    start.hidden = !isPrivate || mayWrite;
    start.textContent = chat.blocked ? "Unblock" : "Start";
    const block = this.find(".block");
    block.hidden = !isPrivate || !chat.started;
    block.textContent = chat.blocked ? "Unblock" : "Block";
    block.setAttribute("aria-pressed", String(chat.blocked === true));
    this.find(".menu").hidden = !(isPrivate && chat.menu && chat.commands.length);
    this.field.setAttribute("aria-label", `Message to ${chat.name}`);
    this.drawGreeting(isPrivate);
    this.drawCommands(chat.commands ?? []);
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
    bar.textContent = pinned ? `📌 ${pinned.querySelector(".text, .rich")?.textContent.trim().slice(0, 90) ?? "Pinned message"}` : "";
  }

  // Messages.

  messageNode(id) {
    return this.log.querySelector(`.message[data-id="${id}"]`);
  }

  updateMessage(message, isNew = true) {
    const old = this.messageNode(message.id);
    if (message.deleted) { old?.remove(); return; }
    const act = { say: (text) => this.say(text), press: (button, node) => this.press(message, button, node) };
    const node = renderMessage(message, this.viewerId, act);
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

  // What the viewer does.

  say(text) {
    const body = { user_id: this.viewerId, text };
    if (this.chat.kind !== "private") body.chat_id = this.chatId;
    return this.send("say", body);
  }

  start() {
    return this.chat.blocked ? this.send("unblock", { user_id: this.viewerId }) : this.say("/start");
  }

  toggleBlock() {
    return this.send(this.chat.blocked ? "unblock" : "block", { user_id: this.viewerId });
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
    const body = { user_id: this.viewerId, chat_id: this.chatId, message_id: message.id, button: button.callback_data };
    if (!(await this.send("press", body))) this.release(node);
  }

  release(node) {
    node.removeAttribute("aria-busy");
    this.waiting.delete(node);
  }

  answered(toast) {
    for (const node of this.waiting) this.release(node);
    if (!toast.text) return;
    if (toast.alert) this.alert(toast.text);
    else this.toast(toast.text);
  }

  toast(text) {
    const node = this.find(".toast");
    node.textContent = text;
    node.classList.add("shown");
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => node.classList.remove("shown"), 4000);
  }

  // The composer.

  submit() {
    const text = this.field.value.trim();
    if (!text) return;
    this.field.value = "";
    this.toggleCommands(false);
    this.typed();
    this.say(text);
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.submit(); }
    if (event.key === "Escape") this.toggleCommands(false);
    if ((event.key === "ArrowUp" || event.key === "ArrowDown") && !this.find(".commands").hidden) {
      event.preventDefault();
      const offered = this.offered();
      offered.at(event.key === "ArrowDown" ? 0 : -1)?.focus();
    }
  }

  typed() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 160)}px`;
    const text = this.field.value;
    if (/^\/\w*$/.test(text)) this.toggleCommands(true, text);
    else this.toggleCommands(false);
  }

  drawCommands(commands) {
    const list = this.find(".commands");
    list.replaceChildren(...commands.map((command) => {
      const item = document.createElement("li");
      const button = withClass("button", "offer");
      button.type = "button";
      button.dataset.command = `/${command.command}`;
      const name = withClass("strong", "name");
      name.textContent = `/${command.command}`;
      const description = withClass("span", "description");
      description.textContent = command.description;
      button.append(name, description);
      button.addEventListener("click", () => { this.field.value = ""; this.toggleCommands(false); this.say(button.dataset.command); this.field.focus(); });
      item.append(button);
      return item;
    }));
  }

  offered() {
    return [...this.find(".commands").querySelectorAll("li:not([hidden]) button")];
  }

  toggleCommands(shown, prefix = "/") {
    const list = this.find(".commands");
    for (const item of list.children) item.hidden = !item.firstElementChild.dataset.command.startsWith(prefix);
    list.hidden = !shown || !this.offered().length;
    this.find(".menu").setAttribute("aria-expanded", String(!list.hidden));
  }

  commandKey(event) {
    const offered = this.offered();
    const at = offered.indexOf(document.activeElement);
    if (event.key === "ArrowDown") offered[(at + 1) % offered.length]?.focus();
    else if (event.key === "ArrowUp") offered.at(at - 1)?.focus();
    else if (event.key === "Escape") { this.toggleCommands(false); this.field.focus(); }
    else return;
    event.preventDefault();
  }
}

function members(chat) {
  const word = chat.kind === "channel" ? "subscriber" : "member";
  return `${chat.kind} · ${chat.members} ${word}${chat.members === 1 ? "" : "s"}`;
}

function initials(name) {
  const words = name.replace(/^(the|a) /i, "").split(/\s+/).filter(Boolean);
  return words.slice(0, 2).map((word) => [...word][0].toUpperCase()).join("") || "?";
}

