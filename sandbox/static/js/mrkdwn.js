/* Slack's markup to elements. Nothing here ever becomes HTML: unknown marks stay text. */
import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { person, store } from "./store.js";

function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/* Lines of text as nodes with breaks between them. */
function withBreaks(text) {
  return unescape(text).split("\n").flatMap((line, n) => (n ? [h("br"), withEmoji(line)] : [withEmoji(line)]));
}

const INLINE = new RegExp(
  [
    "`([^`\\n]+)`",
    "<([^<>\\n]+)>",
    "(?<![\\p{L}\\p{N}*])\\*(?=[^\\s*])([^*\\n]*[^\\s*])\\*(?![\\p{L}\\p{N}*])",
    "(?<![\\p{L}\\p{N}_])_(?=[^\\s_])([^\\n]*?[^\\s_])_(?![\\p{L}\\p{N}_])",
    "(?<![\\p{L}\\p{N}~])~(?=[^\\s~])([^~\\n]*[^\\s~])~(?![\\p{L}\\p{N}~])",
  ].join("|"),
  "u",
);

function inline(text) {
  const match = INLINE.exec(text);
  if (!match) return withBreaks(text);
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + match[0].length);
  return [...withBreaks(before), marked(match), ...inline(after)];
}

function marked([, code, token, bold, italic, strike]) {
  if (code !== undefined) return h("code", {}, unescape(code));
  if (token !== undefined) return reference(token);
  if (bold !== undefined) return h("b", {}, inline(bold));
  if (italic !== undefined) return h("i", {}, inline(italic));
  return h("s", {}, inline(strike));
}

/* What stands between < and >: a link, a person, a channel, a date, a call to everyone. */
function reference(token) {
  const [target, label] = token.split("|");
  if (target.startsWith("@")) return mention(`@${person(target.slice(1))?.name ?? label ?? appName(target)}`);
  if (target.startsWith("#")) return mention(`#${label ?? channelName(target.slice(1))}`);
  if (target.startsWith("!date^")) return dateText(target, label);
  if (target.startsWith("!")) return mention(`@${target.slice(1).split("^")[0]}`);
  return link(unescape(target), label === undefined ? undefined : inline(label));
}

function appName(target) {
  return target.slice(1) === store.app?.user ? store.app.name : target.slice(1);
}

function channelName(id) {
  return store.screen?.conversations.find((c) => c.id === id)?.name ?? id;
}

function mention(text) {
  return h("span", { class: "mention" }, text);
}

export function link(address, label) {
  const safe = /^(https?|mailto|tel):/i.test(address);
  const content = label ?? address.replace(/^mailto:/, "");
  if (!safe) return h("span", {}, content);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, content);
}

function dateText(target, fallback) {
  const [, seconds, format] = target.split("^");
  const when = new Date(Number(seconds) * 1000);
  if (Number.isNaN(when.getTime()) || !format) return fallback ?? "";
  const zone = person(store.user)?.tz;
  const say = (options) => new Intl.DateTimeFormat(undefined, { timeZone: zone, ...options }).format(when);
  const parts = {
    date: () => say({ dateStyle: "long" }),
    date_num: () => say({ year: "numeric", month: "2-digit", day: "2-digit" }),
    date_short: () => say({ dateStyle: "medium" }),
    date_long: () => say({ dateStyle: "full" }),
    date_pretty: () => say({ dateStyle: "long" }),
    date_short_pretty: () => say({ dateStyle: "medium" }),
    time: () => say({ timeStyle: "short" }),
    time_secs: () => say({ timeStyle: "medium" }),
  };
  return format.replace(/\{(\w+)\}/g, (all, name) => parts[name]?.() ?? all);
}

/* A whole `mrkdwn` text: code blocks, quotes, and what stands inside lines. */
export function mrkdwn(text) {
  return text.split(/```\n?([\s\S]+?)\n?```\n?/).flatMap((part, n) =>
    n % 2 ? [h("pre", {}, unescape(part))] : quotes(part),
  );
}

function quotes(text) {
  const groups = [];
  for (const line of text.split("\n")) {
    const quoted = /^(&gt;|>)\s?/.test(line);
    const bare = quoted ? line.replace(/^(&gt;|>)\s?/, "") : line;
    const last = groups.at(-1);
    if (last && last.quoted === quoted) last.lines.push(bare);
    else groups.push({ quoted, lines: [bare] });
  }
  return groups.flatMap(({ quoted, lines }) => {
    const nodes = inline(lines.join("\n"));
    return quoted ? [h("blockquote", {}, nodes)] : nodes;
  });
}

/* A text object of either sort. */
export function textNodes(object) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  const lines = object.text.split("\n");
  const write = object.emoji === false ? (line) => [line] : withEmoji;
  return lines.flatMap((line, n) => (n ? [h("br"), ...write(line)] : write(line)));
}

/* The same as one plain line, for labels and previews. */
export function plainText(text) {
  return h("span", {}, mrkdwn(text ?? "")).textContent;
}
