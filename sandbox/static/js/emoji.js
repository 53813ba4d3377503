/* The common shortcodes. Coloured dots are drawn, so that they show on machines without emoji. */
import { h } from "./dom.js";

const DOTS = {
  "🔴": "red", "🟠": "orange", "🟡": "yellow", "🟢": "green", "🔵": "blue", "⚪": "white", "⚫": "black",
};

const NAMES = {
  red_circle: "🔴", large_red_circle: "🔴", large_orange_circle: "🟠", large_yellow_circle: "🟡",
  large_green_circle: "🟢", large_blue_circle: "🔵", white_circle: "⚪", black_circle: "⚫",
  white_check_mark: "✅", heavy_check_mark: "✔", x: "❌", warning: "⚠", exclamation: "❗",
  question: "❓", bell: "🔔", tada: "🎉", star: "⭐", fire: "🔥", eyes: "👀", wave: "👋",
  clap: "👏", thumbsup: "👍", "+1": "👍", thumbsdown: "👎", "-1": "👎", pray: "🙏", muscle: "💪",
  bulb: "💡", books: "📚", book: "📖", pencil2: "✏", memo: "📝", calendar: "📅", date: "📅",
  clock3: "🕒", hourglass: "⌛", hourglass_flowing_sand: "⏳", email: "✉", envelope: "✉",
  speech_balloon: "💬", chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉",
  bar_chart: "📊", arrow_up: "⬆", arrow_down: "⬇", arrow_right: "➡", point_right: "👉",
  smile: "😄", slightly_smiling_face: "🙂", blush: "😊", thinking_face: "🤔", cry: "😢",
  sunny: "☀", lock: "🔒", link: "🔗", mag: "🔍", gear: "⚙", rocket: "🚀", school: "🏫",
  mortar_board: "🎓", trophy: "🏆", medal: "🏅", seedling: "🌱", zzz: "💤", heart: "❤",
};

export function emoji(name) {
  const sign = NAMES[name];
  return sign ? signNode(sign, name) : `:${name}:`;
}

function signNode(sign, name) {
  if (DOTS[sign]) {
    return h("span", { class: `dot dot-${DOTS[sign]}`, role: "img", "aria-label": `${DOTS[sign]} circle` });
  }
  return h("span", { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " ") }, sign);
}

const SIGNS = new RegExp(`(:[a-z0-9_+-]+:|${Object.keys(DOTS).join("|")})`, "u");

/* Text with its shortcodes and coloured dots turned into nodes. */
export function withEmoji(text) {
  return text.split(SIGNS).map((part) => {
    if (DOTS[part]) return signNode(part, part);
    const name = /^:([a-z0-9_+-]+):$/.exec(part)?.[1];
    return name ? emoji(name) : part;
  });
}
