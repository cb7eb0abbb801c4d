// Rich messages: blocks and rich text, as a client that supports them shows them.

import { commandLink, link, makeFoldable, makeSpoiler, moment, withClass } from "./text.js";

/** The blocks of a message as nodes. `act` is what buttons and commands do; `scope` keeps anchors apart by message. */
export function renderRich(rich, act, scope) {
  const root = withClass("div", "rich");
  if (rich.is_rtl) root.dir = "rtl";
  root.append(...rich.blocks.map((block) => renderBlock(block, { act, scope })));
  return root;
}

function renderBlock(block, context) {
  return (BLOCKS[block.type] ?? unknownBlock)(block, context);
}

const blocks = (list, context) => list.map((block) => renderBlock(block, context));

function textual(tag, className) {
  return (block, context) => fill(className ? withClass(tag, className) : document.createElement(tag), block.text, context);
}

const BLOCKS = {
  paragraph: textual("p"),
  footer: textual("p", "footer"),
  divider: () => document.createElement("hr"),
  heading: (block, context) => fill(document.createElement(`h${Math.min(block.size + 2, 6)}`), block.text, context, `size-${block.size}`),
  anchor: (block, context) => anchor(block.name, context),
  mathematical_expression: (block) => formula("div", block.expression),
  pre(block, context) {
    const node = fill(document.createElement("pre"), block.text, context);
    if (block.language) node.dataset.language = block.language;
    return node;
  },
  list(block, context) {
    const node = withClass("ul", "list");
    for (const item of block.items) {
      const line = document.createElement("li");
      line.append(item.has_checkbox ? checkbox(item.is_checked) : label(item.label));
      const body = document.createElement("div");
      body.append(...blocks(item.blocks, context));
      line.append(body);
      node.append(line);
    }
    return node;
  },
  blockquote(block, context) {
    const node = document.createElement("blockquote");
    node.append(...blocks(block.blocks, context));
    return credited(node, block, context);
  },
  expandable_blockquote(block, context) {
    const node = withClass("blockquote", "expandable");
    const body = fill(document.createElement("div"), block.text, context);
    node.append(body);
    credited(node, block, context);
    makeFoldable(node);
    return node;
  },
  pullquote(block, context) {
    return credited(fill(withClass("aside", "pullquote"), block.text, context), block, context);
  },
  table: renderTable,
  details(block, context) {
    const node = document.createElement("details");
    node.open = block.is_open === true;
    node.append(fill(document.createElement("summary"), block.summary, context));
    const body = withClass("div", "details-body");
    body.append(...blocks(block.blocks, context));
    node.append(body);
    return node;
  },
  photo(block, context) {
    const size = block.photo.at(-1);
    return figure(picture(size), block, context);
  },
  collage: (block, context) => figure(gallery("collage", block, context), block, context),
  slideshow: (block, context) => figure(gallery("slideshow", block, context), block, context),
  map(block, context) {
    const node = withClass("div", "medium");
    node.textContent = `🗺 ${block.location.latitude}, ${block.location.longitude}`;
    return figure(node, block, context);
  },
  buttons(block, context) {
    const node = withClass("div", `button-row ${block.align ?? "fill"}`);
    node.append(...block.buttons.map((button) => richButton(button, context)));
    return node;
  },
};

function unknownBlock(block) {
  const node = withClass("div", "medium");
  node.textContent = `[${block.type}]`;
  return node;
}

function renderTable(block, context) {
  const frame = withClass("div", "table-frame");
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", "Table, scrolls sideways");
  const table = document.createElement("table");
  for (const flag of ["bordered", "striped", "compact"]) table.classList.toggle(flag, block[`is_${flag}`] === true);
  if (block.caption) table.append(fill(document.createElement("caption"), block.caption, context));
  for (const row of block.cells) {
    const line = table.insertRow();
    for (const cell of row) line.append(renderCell(cell, context));
  }
  frame.append(table);
  return frame;
}

function renderCell(cell, context) {
  const node = document.createElement(cell.is_header ? "th" : "td");
  node.className = `${cell.align} ${cell.valign}${cell.text === undefined ? " invisible" : ""}`;
  if (cell.colspan) node.colSpan = cell.colspan;
  if (cell.rowspan) node.rowSpan = cell.rowspan;
  return cell.text === undefined ? node : fill(node, cell.text, context);
}

function label(text) {
  const node = withClass("span", "label");
  node.textContent = text;
  return node;
}

function checkbox(checked) {
  const node = withClass("span", `label checkbox${checked ? " checked" : ""}`);
  node.setAttribute("role", "img");
  node.setAttribute("aria-label", checked ? "done" : "not done");
  return node;
}

function credited(node, block, context) {
  if (block.credit) node.append(fill(document.createElement("cite"), block.credit, context));
  return node;
}

function figure(content, block, context) {
  const node = document.createElement("figure");
  node.append(content);
  if (block.caption) {
    const caption = fill(document.createElement("figcaption"), block.caption.text, context);
    node.append(credited(caption, block.caption, context));
    const image = content.tagName === "IMG" ? content : null;
    if (image) image.alt = caption.textContent;
  }
  return node;
}

function gallery(className, block, context) {
  const node = withClass("div", className);
  if (className === "slideshow") node.tabIndex = 0;
  node.append(...blocks(block.blocks, context));
  return node;
}

export function picture(size) {
  const node = document.createElement("img");
  node.src = `/_sandbox/photos/${encodeURIComponent(size.file_unique_id)}`;
  node.width = size.width;
  node.height = size.height;
  node.alt = "Picture";
  node.loading = "lazy";
  return node;
}

function formula(tag, expression) {
  const node = withClass(tag, "formula");
  node.textContent = expression;
  return node;
}

// Rich text: a string, an array, or an object with a type.

function fill(node, text, context, className) {
  if (className) node.classList.add(className);
  node.append(...renderRichText(text, context));
  return node;
}

function renderRichText(text, context) {
  if (text === undefined || text === null) return [];
  if (typeof text === "string") return [text];
  if (Array.isArray(text)) return text.flatMap((part) => renderRichText(part, context));
  return [renderSpan(text, context)];
}

const SPANS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", subscript: "sub", superscript: "sup", marked: "mark", code: "code",
};

function renderSpan(span, context) {
  if (SPANS[span.type]) return fill(document.createElement(SPANS[span.type]), span.text, context);
  switch (span.type) {
    case "spoiler": {
      const node = fill(withClass("span", "spoiler"), span.text, context);
      makeSpoiler(node);
      return node;
    }
    case "url": return fill(link(span.url), span.text, context);
    case "email_address": return fill(link(`mailto:${span.email_address}`), span.text, context);
    case "phone_number": return fill(link(`tel:${span.phone_number}`), span.text, context);
    case "date_time": return fill(moment(span.unix_time, span.date_time_format), span.text, context);
    case "anchor": return anchor(span.name, context);
    case "reference": return fill(anchor(span.name, context), span.text, context);
    case "anchor_link": return jump(span.anchor_name, span.text, context);
    case "reference_link": return jump(span.reference_name, span.text, context);
    case "bot_command": return fill(commandLink(plain(span.text), context.act), span.text, context);
    case "button": return richButton(span.button, context);
    case "mathematical_expression": return formula("span", span.expression);
    case "custom_emoji": return document.createTextNode(span.alternative_text);
    default: return fill(withClass("span", "tag"), span.text, context);
  }
}

function plain(text) {
  if (typeof text === "string") return text;
  return Array.isArray(text) ? text.map(plain).join("") : plain(text.text ?? text.alternative_text ?? "");
}

function anchor(name, context) {
  const node = withClass("span", "anchor");
  node.id = `${context.scope}-${name}`;
  return node;
}

/** A jump inside the message: opens the details that hide its target. No name means the top. */
function jump(name, text, context) {
  const node = withClass("button", "jump");
  node.type = "button";
  node.addEventListener("click", () => {
    const message = node.closest(".message");
    const target = name ? message.querySelector(`[id="${CSS.escape(`${context.scope}-${name}`)}"]`) : message;
    if (!target) return;
    for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    target.scrollIntoView({ block: "start", behavior: "smooth" });
    target.classList.remove("found");
    requestAnimationFrame(() => target.classList.add("found"));
  });
  return fill(node, text, context);
}

export function richButton(button, context) {
  const style = button.style ? ` ${button.style}` : "";
  if (button.url) return fill(Object.assign(link(button.url), { className: `rich-button url${style}` }), button.text, context);
  const node = fill(withClass("button", `rich-button${style}`), button.text, context);
  node.type = "button";
  node.dir = "auto";
  node.disabled = button.disabled !== undefined;
  node.addEventListener("click", () => context.act.press(button, node));
  return node;
}
