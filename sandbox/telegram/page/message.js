// One message: its bubble, its time, its buttons.

import { poll } from "./poll.js";
import { picture, renderRich, richButton } from "./rich.js";
import { renderText, withClass } from "./text.js";

/** The element of a message. `viewer` is who looks (a user id); `act` is what buttons and commands do. */
export function renderMessage(message, viewer, act) {
  const isOwn = message.sender_id === viewer;
  const node = withClass("article", `message ${isOwn ? "own" : "other"}`);
  node.dataset.id = message.id;
  node.dataset.date = message.date;
  node.setAttribute("aria-label", `${message.sender || "Message"}, ${clock(message.date)}`);
  const bubble = withClass("div", `bubble${message.rich ? " wide" : ""}${message.photo ? " with-photo" : ""}`);
  bubble.append(...header(message), ...content(message, viewer, act), foot(message, isOwn));
  node.append(bubble);
  if (message.keyboard) node.append(keyboard(message.keyboard, act));
  return node;
}

function header(message) {
  const parts = [];
  if (message.topic) parts.push(line("topic", `# ${message.topic}`));
  if (message.forwarded_from) parts.push(line("forwarded", `Forwarded from ${message.forwarded_from}`));
  if (message.reply_to) parts.push(line("reply", message.reply_to.text || "Message"));
  return parts;
}

function content(message, viewer, act) {
  if (message.rich) return [renderRich(message.rich, act, `m${message.chat_id}-${message.id}`)];
  const parts = [];
  if (message.photo) parts.push(picture(message.photo));
  if (message.document) parts.push(file(message.document));
  if (message.location) parts.push(place(message.location));
  if (message.poll) parts.push(poll(message.poll, viewer, act));
  if (message.text) {
    const text = withClass("div", "text");
    text.dir = "auto";
    text.append(renderText(message.text, message.entities, act));
    parts.push(text);
  }
  return parts;
}

function file(document_) {
  const node = withClass("a", "file-link");
  node.href = document_.url;
  node.download = document_.name;
  node.append(line("file-icon", "↓", "span"), line("file-name", document_.name, "span"), line("file-size", size(document_.size), "span"));
  return node;
}

const size = (bytes) => (bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} kB`);

function place(location) {
  return line("place", `📍 ${location.latitude.toFixed(3)}, ${location.longitude.toFixed(3)}`);
}

function foot(message, isOwn) {
  const node = withClass("div", "meta");
  const votes = Object.entries(message.votes).map(([emoji, count]) => `${emoji} ${count}`);
  for (const vote of [...votes, ...message.reactions]) node.append(line("vote", vote, "span"));
  if (message.edited) node.append(line("edited", "edited", "span"));
  const time = line("time", clock(message.date), "time");
  time.dateTime = new Date(message.date).toISOString();
  node.append(time);
  if (isOwn) node.append(line("ticks", "✓✓", "span"));
  return node;
}

function keyboard(rows, act) {
  const node = withClass("div", "keyboard");
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", "Buttons of this message");
  for (const row of rows) {
    const line = withClass("div", "keyboard-row");
    line.append(...row.map((button) => richButton(button, { act })));
    node.append(line);
  }
  return node;
}

function line(className, text, tag = "div") {
  const node = withClass(tag, className);
  node.textContent = text;
  node.dir = "auto";
  return node;
}

export function clock(milliseconds) {
  return new Date(milliseconds).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
}

export function day(milliseconds) {
  return new Date(milliseconds).toLocaleDateString(undefined, { day: "numeric", month: "long" });
}
