/* The messages of a conversation. A message is drawn again only when it has changed. */
import { fileUrl } from "./api.js";
import { blocksNodes } from "./blocks.js";
import { byId, h, icon, ICONS } from "./dom.js";
import { Holder } from "./holder.js";
import { mrkdwn, plainText } from "./mrkdwn.js";
import { shortcutMenu } from "./shortcuts.js";
import { isAppConversation, person, store } from "./store.js";

const CLOSE = 300;
const NEAR_END = 80;
const drawn = new Map();
let last = { place: "", ts: "" };

function seconds(message) {
  return Number(message.ts);
}

function clock(message) {
  const timeZone = person(store.user)?.tz;
  return new Intl.DateTimeFormat(undefined, { timeStyle: "short", timeZone }).format(seconds(message) * 1000);
}

/* Beside a message that follows on the last: the hour alone, which fits there. */
function shortClock(message) {
  const timeZone = person(store.user)?.tz;
  const parts = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit", timeZone }).formatToParts(seconds(message) * 1000);
  return parts.filter((p) => ["hour", "minute"].includes(p.type)).map((p) => p.value).join(":");
}

function day(message) {
  const timeZone = person(store.user)?.tz;
  return new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeZone }).format(seconds(message) * 1000);
}

export function avatar(author) {
  const letters = author.name.replace(/^(Mr|Ms|Mrs|Dr)\.? /, "").slice(0, 1).toUpperCase();
  const hue = [...author.id].reduce((sum, c) => sum + c.charCodeAt(0), 0) % 6;
  return h("span", { class: `avatar avatar-${author.kind === "person" ? hue : author.kind}`, "aria-hidden": "true" }, letters);
}

function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/* A file in a message: a click opens it, the link beside it keeps it under its own name. */
function fileNode(file) {
  if (file.deleted) return h("div", { class: "file file-gone" }, icon(ICONS.file), h("span", {}, "This file was deleted."));
  const about = file.ready ? `${file.filetype.toUpperCase()} · ${size(file.size)}` : "Getting ready …";
  const inner = [icon(ICONS.file), h("span", {}, h("b", {}, file.title), h("span", { class: "muted" }, about))];
  if (!file.ready) return h("div", { class: "file" }, inner);
  const href = fileUrl(store.team.id, file, store.user);
  return h("div", { class: "file-row" },
    h("a", { class: "file", href, target: "_blank", rel: "noopener" }, inner),
    h("a", { class: "file-keep", href: `${href}&download`, download: file.name, "aria-label": `Download ${file.name}` }, "Download"));
}

function content(message, holder) {
  const shown = message.blocks.length ? blocksNodes(holder, message.blocks) : message.text ? [h("div", { class: "block" }, mrkdwn(message.text))] : [];
  const edited = message.edited ? h("span", { class: "edited" }, "(edited)") : null;
  return [shown, message.files.map(fileNode), edited];
}

function messageNode(message, compact) {
  const holder = new Holder({ channel: message.channel, ts: message.ts }, message);
  const badge = message.author.kind === "person" ? null : h("span", { class: "badge" }, "APP");
  const head = compact ? h("span", { class: "unseen" }, `${message.author.name}, ${clock(message)}`)
    : h("div", { class: "message-head" }, h("b", {}, message.author.name), badge, h("time", {}, clock(message)));
  const alone = message.ephemeral ? h("div", { class: "only-you" }, icon(ICONS.eye), "Only visible to you") : null;
  const side = compact ? h("time", { class: "side-time", "aria-hidden": "true" }, shortClock(message)) : avatar(message.author);
  return h("article", { class: `message${message.ephemeral ? " ephemeral" : ""}${compact ? " compact" : ""}`, "data-ts": message.ts },
    alone, h("div", { class: "message-side" }, side),
    h("div", { class: "message-body" }, head, content(message, holder)),
    message.ephemeral ? null : shortcutMenu("message", "Message shortcuts", "slash", { channel: message.channel, ts: message.ts }));
}

function isCompact(before, message) {
  return Boolean(before) && before.author.id === message.author.id && !before.ephemeral && !message.ephemeral
    && seconds(message) - seconds(before) < CLOSE && day(before) === day(message);
}

function keep(message, compact) {
  const key = `${store.user}/${message.channel}/${message.ts}`;
  const look = JSON.stringify([message.version, compact, message.files.map((f) => [f.ready, f.deleted])]);
  const old = drawn.get(key);
  if (old?.look === look) return old.node;
  const node = messageNode(message, compact);
  drawn.set(key, { look, node });
  return node;
}

function nothingYet() {
  const app = store.app.name;
  if (!isAppConversation()) return h("div", { class: "empty" }, h("h2", {}, "No messages yet"), h("p", {}, "Say something, or type / for commands."));
  return h("div", { class: "empty" }, avatar({ id: "app", name: app, kind: "app" }),
    h("h2", {}, `This is the beginning of your messages with ${app}`),
    h("p", {}, store.app.description || "Type / to see what it can do."));
}

/* Tells a screen reader of what is new here; returns whether anything is. */
function announce(messages) {
  const place = `${store.user}/${store.channel}`;
  const fresh = last.place === place ? messages.filter((m) => m.ts > last.ts && m.author.id !== store.user) : [];
  last = { place, ts: messages.at(-1)?.ts ?? "" };
  for (const m of fresh) {
    byId("announcer").replaceChildren(h("p", {}, `${m.author.name}: ${plainText(m.text)}`));
  }
  return fresh.length > 0;
}

function isAtEnd(panel) {
  return panel.scrollHeight - panel.scrollTop - panel.clientHeight < NEAR_END;
}

/* Leads to what has arrived below what is looked at. */
function newsPill(panel) {
  const pill = h("button", { class: "news", type: "button", hidden: true, onclick: () => scrollDown(panel) }, "New messages ↓");
  panel.onscroll = () => { if (isAtEnd(panel)) pill.hidden = true; };
  return pill;
}

/* Swap only what differs, so that pictures, focus and half-typed fields stay. */
function patch(list, nodes) {
  nodes.forEach((node, n) => {
    const there = list.children[n];
    if (there === node) return;
    const focus = there?.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
    if (there && !nodes.includes(there)) there.replaceWith(node);
    else list.insertBefore(node, there ?? null);
    if (focus) node.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
  });
  while (list.children.length > nodes.length) list.lastChild.remove();
}

export function showMessages(panel, messages) {
  let list = panel.querySelector(".messages");
  const place = `${store.user}/${store.channel}`;
  const fresh = !list || list.dataset.place !== place;
  if (fresh) {
    list = h("div", { class: "messages", "data-place": place });
    panel.replaceChildren(list, newsPill(panel));
  }
  const atEnd = fresh || isAtEnd(panel);
  const nodes = [];
  messages.forEach((message, n) => {
    const before = messages[n - 1];
    if (!before || day(before) !== day(message)) nodes.push(divider(day(message), list));
    nodes.push(keep(message, isCompact(before, message)));
  });
  patch(list, nodes.length ? nodes : [nothingYet()]);
  const news = announce(messages);
  if (atEnd) scrollDown(panel);
  else if (news) panel.querySelector(".news").hidden = false;
}

function divider(words, list) {
  const there = [...list.children].find((c) => c.dataset.day === words);
  return there ?? h("div", { class: "day", "data-day": words }, h("span", {}, words));
}

/* To the end, and again when pictures above it have their height. */
function scrollDown(panel) {
  panel.scrollTop = panel.scrollHeight;
  for (const img of panel.querySelectorAll("img")) {
    if (!img.complete) img.addEventListener("load", () => { panel.scrollTop = panel.scrollHeight; }, { once: true });
  }
}
