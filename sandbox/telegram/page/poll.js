// A poll: answers to press, then bars with shares; a press on one's own answer takes the vote back.

import { withClass } from "./text.js";

export function poll(told, viewer, act) {
  const own = told.voters[viewer] ?? [];
  const shown = told.is_closed || own.length > 0;
  const node = withClass("div", `poll${shown ? " counted" : ""}`);
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", told.question);
  node.append(line("poll-question", told.question), line("poll-kind", kind(told)));
  told.options.forEach((option, number) => node.append(answer(told, option, number, { own, shown, act })));
  node.append(line("poll-total", total(told)));
  return node;
}

function kind(told) {
  if (told.is_closed) return "Final results";
  return told.is_anonymous ? "Anonymous poll" : "Public poll";
}

function total(told) {
  if (!told.total_voter_count) return told.is_closed ? "No votes" : "No votes yet";
  return told.total_voter_count === 1 ? "1 vote" : `${told.total_voter_count} votes`;
}

function answer(told, option, number, { own, shown, act }) {
  const isOwn = own.includes(number);
  const share = told.total_voter_count ? Math.round((100 * option.voter_count) / told.total_voter_count) : 0;
  const node = withClass("button", `poll-answer${isOwn ? " chosen" : ""}`);
  node.type = "button";
  node.disabled = told.is_closed;
  node.setAttribute("aria-pressed", String(isOwn));
  node.append(line("poll-share", shown ? `${share}%` : "", "span"), line("poll-text", option.text, "span"));
  if (shown) {
    const bar = withClass("progress", "poll-bar");
    bar.max = 100;
    bar.value = share;
    bar.setAttribute("aria-label", `${option.voter_count} of ${told.total_voter_count}`);
    node.append(bar);
  }
  node.addEventListener("click", () => act.vote(chosen(told, own, number)));
  return node;
}

function chosen(told, own, number) {
  if (own.includes(number)) return own.filter((each) => each !== number);
  return told.allows_multiple_answers ? [...own, number] : [number];
}

function line(className, text, tag = "div") {
  const node = withClass(tag, className);
  node.textContent = text;
  node.dir = "auto";
  return node;
}
