// What a person types, with marks for formatting as Telegram's clients take them, becomes Telegram HTML.

const MARKS = [
  [/```([^`]+)```/g, "pre"],
  [/`([^`\n]+)`/g, "code"],
  [/\*\*([^*\n]+)\*\*/g, "b"],
  [/__([^_\n]+)__/g, "i"],
  [/~~([^~\n]+)~~/g, "s"],
  [/\|\|([^|\n]+)\|\|/g, "tg-spoiler"],
];
const LINK = /\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)/g;

/** Telegram HTML where the text has any formatting; else null. */
export function formatted(text) {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  const html = MARKS.reduce((made, [mark, tag]) => made.replace(mark, `<${tag}>$1</${tag}>`), safe)
    .replace(LINK, '<a href="$2">$1</a>');
  return html === safe ? null : html;
}

/** The text as Telegram HTML, formatted or not. */
export const asHtml = (text) =>
  formatted(text) ?? text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The words after `@bot ` where somebody types for inline mode; else null. */
export function inlineWords(text, bot) {
  const begin = `@${bot} `;
  return text.toLowerCase().startsWith(begin.toLowerCase()) ? text.slice(begin.length).trim() : null;
}

/** What a link to the bot starts it with ("" for a plain one); null where it leads elsewhere. */
export function startOf(address, bot) {
  let url;
  try { url = new URL(address); } catch { return null; }
  const domain = url.protocol === "tg:" ? url.searchParams.get("domain") : url.host === "t.me" ? url.pathname.slice(1) : null;
  return domain?.toLowerCase() === bot.toLowerCase() ? url.searchParams.get("start") ?? "" : null;
}

/** A file's bytes in base64. */
export async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
}
