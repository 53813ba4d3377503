/* Tables, and data given as a chart (its numbers, with bars as long as they are large). */
import { h } from "./dom.js";
import { richText } from "./richtext.js";

function cellNodes(cell) {
  if (cell.type === "rich_text") return richText(cell);
  return cell.type === "raw_number" ? String(cell.text ?? cell.value) : cell.text;
}

function row(cells, settings, tag, header = 0) {
  return h("tr", {}, cells.map((cell, n) => {
    const align = settings?.[n]?.align ?? (cell.type === "raw_number" ? "right" : "left");
    const heads = tag === "th" || n === header;
    const props = { class: `align-${align}`, scope: tag === "th" ? "col" : heads ? "row" : null };
    return h(heads && tag !== "th" ? "th" : tag, props, cellNodes(cell));
  }));
}

export function table(block) {
  const [head, ...rest] = block.rows;
  const header = block.row_header_column_index ?? 0;
  const body = h("tbody", {}, rest.map((cells) => row(cells, block.column_settings, "td", header)));
  const caption = block.caption ? h("caption", {}, block.caption) : null;
  const node = h("table", { class: "table" }, caption, h("thead", {}, row(head, block.column_settings, "th")), body);
  const wrap = h("div", { class: "table-wrap", tabindex: 0, role: "region", "aria-label": block.caption ?? "Table" }, node);
  return block.type === "data_table" ? paged(wrap, body, block.page_size ?? 5) : wrap;
}

/* Slack shows a data table page by page. */
function paged(wrap, body, size) {
  const rows = [...body.children];
  if (rows.length <= size) return wrap;
  const show = (count) => rows.forEach((r, n) => { r.hidden = n >= count; });
  const more = h("button", { class: "button small", type: "button" }, `Show all ${rows.length} rows`);
  more.addEventListener("click", () => { show(rows.length); more.remove(); });
  show(size);
  return h("div", {}, wrap, more);
}

export function chart(block) {
  const data = block.chart;
  const series = data.series ?? [{ name: block.title, data: data.segments ?? [] }];
  const most = Math.max(1, ...series.flatMap((s) => s.data.map((d) => Math.abs(d.value))));
  const labels = series[0].data.map((d) => d.label);
  const head = h("tr", {}, h("th", {}), series.map((s) => h("th", { scope: "col" }, s.name)));
  const rows = labels.map((label, n) =>
    h("tr", {}, h("th", { scope: "row" }, label), series.map((s) => h("td", {}, bar(s.data[n], most)))),
  );
  return h("figure", { class: "chart" }, h("figcaption", {}, block.title), h("table", { class: "table" }, head, rows));
}

function bar(point, most) {
  if (!point) return "";
  const meter = h("span", { class: "bar" });
  meter.style.setProperty("--part", Math.abs(point.value) / most);
  return [meter, ` ${point.value}`];
}
