// Texts with entities, as a reader sees them. Every character reaches the page as a text node, never as markup.

/** The offset and length of entities are UTF-16 units, and so are the indices of a JavaScript string. */
export function renderText(text, entities, act) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const root = document.createDocumentFragment();
  let next = 0;
  const fill = (parent, from, to) => {
    let at = from;
    while (next < sorted.length && sorted[next].offset < to) {
      const entity = sorted[next++];
      const end = Math.min(entity.offset + entity.length, to);
      parent.append(text.slice(at, entity.offset));
      const node = element(entity, text.slice(entity.offset, end), act);
      fill(node, entity.offset, end);
      parent.append(node);
      at = end;
      if (isBlock(entity.type) && text[at] === "\n") at += 1; // a block ends its line by itself
    }
    parent.append(text.slice(at, to));
  };
  fill(root, 0, text.length);
  for (const quote of root.querySelectorAll("blockquote.expandable")) makeFoldable(quote);
  for (const spoiler of root.querySelectorAll(".spoiler")) makeSpoiler(spoiler);
  return root;
}

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote" };

const isBlock = (type) => type === "pre" || type.endsWith("blockquote");

function element(entity, covered, act) {
  if (TAGS[entity.type]) {
    const node = document.createElement(TAGS[entity.type]);
    if (entity.type === "pre" && entity.language) node.dataset.language = entity.language;
    return node;
  }
  switch (entity.type) {
    case "expandable_blockquote": return withClass("blockquote", "expandable");
    case "spoiler": return withClass("span", "spoiler");
    case "text_link": return link(entity.url);
    case "url": return link(/^[a-z]+:\/\//i.test(covered) ? covered : `http://${covered}`);
    case "email": return link(`mailto:${covered}`);
    case "bot_command": return commandLink(covered, act);
    case "date_time": return moment(entity.unix_time, entity.date_time_format);
    case "mention": case "hashtag": case "cashtag": case "text_mention": return withClass("span", "tag");
    default: return document.createElement("span");
  }
}

export function withClass(tag, name) {
  const node = document.createElement(tag);
  node.className = name;
  return node;
}

/** A link that opens elsewhere; what is no address of the web or of Telegram opens nothing. */
export function link(address) {
  const node = document.createElement("a");
  if (/^(https?|mailto|tel|tg):/i.test(address)) {
    node.href = address;
    node.target = "_blank";
    node.rel = "noopener noreferrer nofollow";
    node.title = address;
  }
  return node;
}

export function commandLink(command, act) {
  const node = withClass("button", "command");
  node.type = "button";
  node.addEventListener("click", () => act.say(command));
  return node;
}

/** A moment in the reader's own zone and language; the written text is the fallback that old clients show. */
export function moment(seconds, format) {
  const node = document.createElement("time");
  const date = new Date(seconds * 1000);
  node.dateTime = date.toISOString();
  if (format) {
    node.dataset.shown = format === "r" ? relative(date) : absolute(date, format);
    node.className = "moment";
    node.setAttribute("aria-label", node.dataset.shown);
  }
  node.title = date.toLocaleString();
  return node;
}

function absolute(date, format) {
  const options = {};
  if (format.includes("w")) options.weekday = "long";
  if (format.includes("d")) Object.assign(options, { year: "2-digit", month: "numeric", day: "numeric" });
  if (format.includes("D")) Object.assign(options, { year: "numeric", month: "long", day: "numeric" });
  if (/t/i.test(format)) Object.assign(options, { hour: "2-digit", minute: "2-digit" });
  if (format.includes("T")) options.second = "2-digit";
  return new Intl.DateTimeFormat(undefined, options).format(date);
}

function relative(date) {
  const seconds = (date - Date.now()) / 1000;
  const steps = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? steps[3];
  return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

/** A long quote shows three lines until it is tapped; a short one has nothing to unfold. */
export function makeFoldable(quote) {
  const toggle = withClass("button", "fold");
  toggle.type = "button";
  toggle.setAttribute("aria-expanded", "false");
  toggle.setAttribute("aria-label", "Show the whole quote");
  quote.classList.add("folded");
  quote.append(toggle);
  const turn = () => {
    const folded = quote.classList.toggle("folded");
    toggle.setAttribute("aria-expanded", String(!folded));
    toggle.setAttribute("aria-label", folded ? "Show the whole quote" : "Fold the quote");
  };
  toggle.addEventListener("click", (event) => { event.stopPropagation(); turn(); });
  quote.addEventListener("click", (event) => {
    if (quote.classList.contains("folded") && !event.target.closest("a, button")) turn();
  });
  new ResizeObserver((_, observer) => {
    if (!quote.isConnected) { observer.disconnect(); return; }
    if (quote.offsetParent && quote.classList.contains("folded")) quote.classList.toggle("short", quote.scrollHeight <= quote.clientHeight + 2);
  }).observe(quote);
}

export function makeSpoiler(node) {
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", "Spoiler: press to read");
  const show = () => {
    node.classList.add("shown");
    for (const name of ["tabindex", "role", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", show, { once: true });
  node.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); show(); } });
}
