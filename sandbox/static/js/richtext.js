/* rich_text blocks. */
import { h } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { link } from "./mrkdwn.js";
import { person } from "./store.js";

const STYLES = { bold: "b", italic: "i", strike: "s", code: "code", underline: "u" };

function styled(node, style) {
  return Object.entries(STYLES).reduce((inner, [name, tag]) => (style?.[name] ? h(tag, {}, inner) : inner), node);
}

function leaf(element) {
  switch (element.type) {
    case "text":
      return styled(lines(element.text), element.style);
    case "link":
      return styled(link(element.url, element.text), element.style);
    case "emoji":
      return emoji(element.name);
    case "user":
      return h("span", { class: "mention" }, `@${person(element.user_id)?.name ?? element.user_id}`);
    case "channel":
      return h("span", { class: "mention" }, `#${element.channel_id}`);
    case "broadcast":
      return h("span", { class: "mention" }, `@${element.range}`);
    default:
      return element.fallback ?? "";
  }
}

function lines(text) {
  return h("span", {}, text.split("\n").flatMap((line, n) => (n ? [h("br"), withEmoji(line)] : [withEmoji(line)])));
}

function leaves(part) {
  return part.elements.map(leaf);
}

function listOf(part) {
  const tag = part.style === "ordered" ? "ol" : "ul";
  const items = part.elements.map((item) => h("li", {}, leaves(item)));
  return h(tag, { class: `rich-list indent-${part.indent ?? 0}`, start: (part.offset ?? 0) + 1 }, items);
}

function partNode(part) {
  if (part.type === "rich_text_list") return listOf(part);
  if (part.type === "rich_text_preformatted") return h("pre", {}, leaves(part).map((n) => n.textContent ?? n));
  if (part.type === "rich_text_quote") return h("blockquote", {}, leaves(part));
  return h("div", {}, leaves(part));
}

export function richText(block) {
  return block.elements.map(partNode);
}
