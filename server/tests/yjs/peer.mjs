// An unmodified Yjs client that is told what to do by lines on stdin and answers each with a line on stdout.
import * as Y from "yjs";
import { WebsocketProvider } from "y-websocket";
import WebSocket from "ws";
import { createInterface } from "node:readline";

const [url, room] = process.argv.slice(2);
const doc = new Y.Doc();
const lines = doc.getMap("lines");
const provider = new WebsocketProvider(url, room, doc, { WebSocketPolyfill: WebSocket, disableBc: true });
const closes = [];
provider.on("connection-close", (event) => closes.push(event?.code ?? 0));

const text = () =>
  [...lines.entries()]
    .filter(([, line]) => line.get("gone") === undefined)
    .sort(([a, x], [b, y]) => (x.get("ord") < y.get("ord") ? -1 : x.get("ord") > y.get("ord") ? 1 : a < b ? -1 : 1))
    .map(([, line]) => line.get("text").toString())
    .join("\n");
const ord = (words) => [...lines.values()].find((line) => line.get("text").toString() === words).get("ord");
const find = (words) => [...lines.values()].find((line) => line.get("text").toString() === words);

// Resolves when `so()` holds; looked at again after each of the emitter's events.
const until = (emitter, event, so) =>
  new Promise((resolve) => {
    const look = () => {
      if (!so()) return;
      emitter.off(event, look);
      resolve();
    };
    emitter.on(event, look);
    look();
  });

const commands = {
  synced: () => until(provider, "sync", () => provider.synced),
  text: ({ text: wanted }) => until(doc, "update", () => text() === wanted),
  add: ({ text: words, after }) =>
    doc.transact(() => {
      const line = new Y.Map();
      line.set("text", new Y.Text(words));
      line.set("ord", ord(after) + "V");
      line.set("by", "yjs");
      lines.set("from-yjs", line);
    }),
  rename: ({ from, to }) => {
    const words = find(from).get("text");
    doc.transact(() => {
      words.delete(0, words.length);
      words.insert(0, to);
    });
  },
  move: ({ text: words, ord }) => find(words).set("ord", ord),
  remove: ({ text: words }) => find(words).set("gone", [1, "yjs"]),
  // A lonely client hears its own presence again; without, it reconnects after 30 s.
  echo: () => {
    provider.awareness.setLocalState(null);
    const heard = new Promise((resolve) => {
      const listen = ({ data }) => {
        if (new Uint8Array(data)[0] !== 1) return;
        provider.ws.removeEventListener("message", listen);
        resolve();
      };
      provider.ws.addEventListener("message", listen);
    });
    provider.awareness.setLocalState({ user: { name: "Yjs" } });
    return heard;
  },
  closed: async ({ code }) => until(provider, "connection-close", () => closes.includes(code)),
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  await commands[command.do](command);
  console.log(command.do);
}
process.exit(0);
