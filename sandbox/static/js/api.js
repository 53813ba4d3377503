/* Talking to the sandbox. Every call answers with JSON; a refusal has `ok: false` and `error`. */

export async function read(name, query = {}) {
  const response = await fetch(`_sandbox/${name}?${new URLSearchParams(query)}`);
  return response.json();
}

export async function act(name, body) {
  try {
    const response = await fetch(`_sandbox/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return await response.json();
  } catch {
    return { ok: false, error: "no_connection" };
  }
}

/* Call `onNews` after each change; reconnect for as long as the page is open. */
export function listen(onNews) {
  const url = new URL("_sandbox/live", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  url.hash = "";
  const socket = new WebSocket(url);
  socket.addEventListener("message", onNews);
  socket.addEventListener("close", () => setTimeout(() => listen(onNews), 1000));
}

export function pictureUrl(team, fileId, user) {
  return `files-pri/${team}-${encodeURIComponent(fileId)}/file?user=${encodeURIComponent(user)}`;
}

/* Under its own name, which is what the browser's viewer and its "save" show. */
export function fileUrl(team, file, user) {
  return `files-pri/${team}-${encodeURIComponent(file.id)}/${encodeURIComponent(file.name)}?user=${encodeURIComponent(user)}`;
}
