/* Blocks to elements. */
import { control, fieldId } from "./controls.js";
import { enlarge } from "./dialogs.js";
import { h } from "./dom.js";
import { pictureUrl } from "./api.js";
import { mrkdwn, textNodes } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { store } from "./store.js";
import { chart, table } from "./tables.js";

function source(image) {
  if (!image.slack_file) return image.image_url;
  const id = image.slack_file.id ?? /F0[A-Z0-9]+/.exec(image.slack_file.url ?? "")?.[0];
  return pictureUrl(store.team.id, id, store.user);
}

function picture(image, small) {
  const src = source(image);
  const img = h("img", { class: small ? "thumb" : "picture", src, alt: image.alt_text });
  const holder = small ? img : h("button", { class: "picture-button", type: "button", "aria-label": `Enlarge: ${image.alt_text}` }, img);
  if (!small) holder.addEventListener("click", () => enlarge(src, image.alt_text));
  img.addEventListener("error", () => holder.replaceWith(h("div", { class: "picture-gone" }, "This picture isn't available. ", image.alt_text)));
  return holder;
}

function header(holder, block) {
  return h(`h${Math.min(Math.max(block.level ?? 3, 1), 4)}`, { class: "block-header" }, textNodes(block.text));
}

function accessory(holder, block) {
  if (!block.accessory) return null;
  if (block.accessory.type === "image") return picture(block.accessory, true);
  return control(holder, block, block.accessory);
}

function section(holder, block) {
  const fields = block.fields ? h("div", { class: "fields" }, block.fields.map((f) => h("div", {}, textNodes(f)))) : null;
  const text = block.text ? h("div", { class: "section-text" }, textNodes(block.text)) : null;
  const side = accessory(holder, block);
  return h("div", { class: "section" }, h("div", { class: "section-main" }, text, fields), side && h("div", { class: "accessory" }, side));
}

function context(holder, block) {
  const parts = block.elements.map((e) => (e.type === "image" ? picture(e, true) : h("span", {}, textNodes(e))));
  return h("div", { class: "context" }, parts);
}

function image(holder, block) {
  const title = block.title ? h("figcaption", {}, textNodes(block.title)) : null;
  return h("figure", { class: "figure" }, title, picture(block, false));
}

function actions(holder, block) {
  return h("div", { class: "actions" }, block.elements.map((e) => control(holder, block, e)));
}

function input(holder, block) {
  const error = holder.errors?.[block.block_id];
  const optional = block.optional ? h("span", { class: "muted" }, " (optional)") : null;
  const field = control(holder, block, block.element);
  const target = field.matches("input,select,textarea") ? field : field.querySelector("input,select,textarea");
  const ids = [error && `${fieldId(holder, block)}-error`, block.hint && `${fieldId(holder, block)}-hint`].filter(Boolean);
  if (ids.length) target?.setAttribute("aria-describedby", ids.join(" "));
  if (error) target?.setAttribute("aria-invalid", "true");
  if (!block.optional) target?.setAttribute("aria-required", "true");
  return h("div", { class: error ? "field field-wrong" : "field", "data-block": block.block_id },
    h("label", { class: "label", for: fieldId(holder, block) }, textNodes(block.label), optional),
    field,
    error && h("p", { class: "field-error", id: `${fieldId(holder, block)}-error`, role: "alert" }, error),
    block.hint && h("p", { class: "muted hint", id: `${fieldId(holder, block)}-hint` }, textNodes(block.hint)));
}

function alert(holder, block) {
  return h("div", { class: `alert alert-${block.level ?? "default"}`, role: "note" }, textNodes(block.text));
}

function card(holder, block) {
  const act = block.actions ? h("div", { class: "actions" }, block.actions.map((e) => control(holder, block, e))) : null;
  return h("div", { class: "card" },
    block.hero_image && picture(block.hero_image, false),
    block.title && h("b", {}, textNodes(block.title)),
    block.subtitle && h("div", { class: "muted" }, textNodes(block.subtitle)),
    block.body && h("div", {}, textNodes(block.body)),
    act);
}

const BLOCKS = {
  header,
  section,
  context,
  divider: () => h("hr", {}),
  image,
  actions,
  input,
  rich_text: (holder, block) => h("div", {}, richText(block)),
  markdown: (holder, block) => h("div", {}, mrkdwn(block.text.replaceAll("**", "*"))),
  table: (holder, block) => table(block),
  data_table: (holder, block) => table(block),
  data_visualization: (holder, block) => chart(block),
  alert,
  card,
};

export function blocksNodes(holder, blocks) {
  return blocks.map((block) => {
    const node = BLOCKS[block.type]?.(holder, block) ?? h("div", { class: "muted" }, `[${block.type}]`);
    return h("div", { class: `block block-${block.type}` }, node);
  });
}
