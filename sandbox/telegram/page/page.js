// The page: draws the panes, keeps them up to date, switches between them on a narrow screen.

import { Pane } from "./pane.js";

const stage = document.getElementById("stage");
const tabs = document.getElementById("tabs");
const panes = [];

async function load() {
  const state = await (await fetch("/_sandbox/state")).json();
  const before = panes.find((pane) => pane.element.classList.contains("chosen"));
  document.title = state.title;
  document.getElementById("banner").textContent = state.banner;
  panes.splice(0);
  stage.replaceChildren();
  tabs.replaceChildren();
  for (const told of state.panes) {
    const pane = new Pane(told, state.chats[told.chat_id], state.messages[told.chat_id], send, hands);
    panes.push(pane);
    stage.append(pane.element);
    tabs.append(tab(pane));
  }
  stage.style.setProperty("--panes", Math.max(1, panes.length));
  if (!panes.length) stage.append(empty());
  select(panes.find((pane) => pane.chatId === before?.chatId && pane.viewerId === before?.viewerId) ?? panes[0]);
  for (const pane of panes) pane.scrollToEnd();
  return state.change;
}

function empty() {
  const node = document.createElement("p");
  node.className = "empty";
  node.textContent = "No chats yet. They appear here as soon as somebody makes them.";
  return node;
}

function tab(pane) {
  const node = document.createElement("button");
  node.type = "button";
  node.textContent = pane.find(".role").textContent;
  node.setAttribute("aria-controls", pane.element.id);
  node.addEventListener("click", () => select(pane));
  return node;
}

function select(chosen) {
  panes.forEach((pane, at) => {
    pane.element.classList.toggle("chosen", pane === chosen);
    tabs.children[at].setAttribute("aria-pressed", String(pane === chosen));
  });
  chosen?.scrollToEnd();
}

function apply(news) {
  for (const chat of news.chats) panesOf(chat.id).forEach((pane) => pane.updateChat(chat));
  for (const message of news.messages) panesOf(message.chat_id).forEach((pane) => pane.updateMessage(message));
  for (const toast of news.toasts) {
    panesOf(toast.chat_id).filter((pane) => pane.viewerId === toast.user_id).forEach((pane) => pane.answered(toast));
  }
}

const panesOf = (chatId) => panes.filter((pane) => pane.chatId === chatId);

async function follow() {
  const change = await load();
  const lost = document.getElementById("connection");
  const events = new EventSource(`/_sandbox/events?after=${change}`);
  events.onopen = () => { lost.hidden = true; };
  events.onerror = () => { lost.hidden = false; };
  events.onmessage = (event) => {
    const news = JSON.parse(event.data);
    if (!news.missed && panes.length) { apply(news); return; }
    events.close();
    follow();
  };
}

async function send(path, body) {
  const answer = await fetch(`/_sandbox/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const told = await answer.json();
  if (!answer.ok) alertUser(told.error);
  return answer.ok ? told : null;
}

function alertUser(text) {
  document.getElementById("alert-text").textContent = text;
  document.getElementById("alert").showModal();
}

/** Asks where somebody is; nothing looks for where the machine really is. */
function askPlace(then) {
  const dialogue = document.getElementById("place");
  dialogue.onclose = () => {
    if (dialogue.returnValue !== "share") return;
    const [latitude, longitude] = ["latitude", "longitude"].map((name) => Number(document.getElementById(name).value));
    then({ latitude, longitude });
  };
  dialogue.returnValue = "";
  dialogue.showModal();
}

/** Brings a chat of this page to the front: by its id, or by its address at t.me. Whether it is here. */
function openChat(wanted) {
  const isWanted = (pane) => (wanted instanceof URL
    ? wanted.host === "t.me" && pane.chat.username && wanted.pathname === `/${pane.chat.username}`
    : pane.chatId === wanted);
  const pane = panes.find(isWanted);
  if (pane) select(pane);
  return pane !== undefined;
}

const hands = { alert: alertUser, askPlace, open: openChat };

/** The system's colours, until the button says otherwise. */
function themed() {
  const root = document.documentElement;
  const button = document.getElementById("theme");
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const wear = (isDark) => {
    root.dataset.theme = isDark ? "dark" : "light";
    button.textContent = isDark ? "Light" : "Dark";
    button.setAttribute("aria-label", `Switch to ${isDark ? "light" : "dark"} colours`);
  };
  button.addEventListener("click", () => wear(root.dataset.theme === "light"));
  prefersDark.addEventListener("change", () => wear(prefersDark.matches));
  wear(prefersDark.matches);
}

themed();
follow();
