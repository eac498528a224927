// Holds diagrams and catalogs against the parsers of their own tools: Mermaid, Graphviz, MDX, YAML.
//
//   node docs.mjs <folder with a folder of specifications for each sample>     (where node_modules are)
//
// EventCatalog's schema of front matter, as of its version 3, is told here in our own words: what must be there, and
// what kind each property has. Prints what is wrong and exits with 1, or prints how much was looked at.

import { createRequire } from "node:module";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2]);
const packages = createRequire(join(process.cwd(), "package.json"));
const load = (name) => import(pathToFileURL(packages.resolve(name)));
const mermaid = await import(pathToFileURL(join(process.cwd(), "node_modules/@mermaid-js/parser/dist/mermaid-parser.core.mjs")));
const { Graphviz } = await load("@hpcc-js/wasm-graphviz");
const { compile } = await import(pathToFileURL(join(process.cwd(), "node_modules/@mdx-js/mdx/index.js")));
const yaml = await import(pathToFileURL(join(process.cwd(), "node_modules/js-yaml/index.js"))).catch(() => load("js-yaml"));
const parseYaml = yaml.load ?? yaml.default.load;

const problems = [];
const counts = {};
const graphviz = await Graphviz.load();

async function check(what, file, run) {
  counts[what] = (counts[what] ?? 0) + 1;
  try {
    await run();
  } catch (error) {
    problems.push(`${relative(folder, file)}: ${error.message}`);
  }
}

function* files(path) {
  if (!existsSync(path)) return;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) yield* files(join(path, entry.name));
    else yield join(path, entry.name);
  }
}

const text = (value) => typeof value === "string";
const filled = (value) => text(value) && value.length > 0;
const truth = (value) => typeof value === "boolean";
const list = (of) => (value) => Array.isArray(value) && value.every(of);
const thing = (must, may = {}) => (value) => {
  if (typeof value !== "object" || value === null) return false;
  const known = { ...must, ...may };
  return Object.keys(must).every((key) => key in value) && Object.entries(value).every(([key, one]) => known[key]?.(one));
};
const pointer = thing({ id: filled }, { version: filled });
const base = { id: filled, name: filled, version: filled };
const step = thing({ id: filled, title: filled, message: pointer }, { next_step: filled });
const KINDS = {
  domains: thing(base, { summary: text, services: list(pointer), entities: list(pointer) }),
  services: thing(base, { summary: text, sends: list(pointer), receives: list(pointer) }),
  entities: thing(
    base,
    { aggregateRoot: truth, identifier: text, properties: list(thing({ name: filled, type: filled }, { required: truth })) },
  ),
  commands: thing(base, { summary: text }),
  events: thing(base, { summary: text }),
  queries: thing(base, { summary: text }),
  flows: thing({ ...base, steps: list(step) }),
  language: thing({ dictionary: list(thing({ id: filled, name: filled }, { summary: text })) }),
};

/** Which collection of EventCatalog a file is in. */
function kind(path) {
  const parts = path.split("/");
  if (parts.at(-1) === "ubiquitous-language.mdx") return "language";
  return parts.at(-3);
}

async function catalog(root) {
  const ids = new Map();
  const pointers = [];
  for (const path of files(root)) {
    if (!path.endsWith(".mdx")) continue;
    await check("pages of EventCatalog", path, async () => {
      const [, front, body] = readFileSync(path, "utf8").match(/^---\n([\s\S]*?)\n---\n([\s\S]*)$/) ?? [];
      if (front === undefined) throw new Error("has no front matter");
      const data = parseYaml(front);
      const of = kind(relative(root, path));
      if (!KINDS[of]?.(data)) throw new Error(`does not fit the schema of ${of}: ${JSON.stringify(data)}`);
      await compile(body);
      if (data.id) {
        if (ids.has(data.id)) throw new Error(`has the id of ${ids.get(data.id)}`);
        ids.set(data.id, path);
      }
      const lists = [data.services, data.entities, data.sends, data.receives, data.steps?.map((one) => one.message)];
      for (const one of lists.flat().filter(Boolean)) pointers.push([path, one.id]);
    });
  }
  for (const [path, id] of pointers) {
    if (!ids.has(id)) problems.push(`${relative(folder, path)}: points at ${id}, which is not there`);
  }
}

for (const sample of readdirSync(folder).sort()) {
  const root = join(folder, sample);
  const diagram = (name) => join(root, "diagrams", name);
  if (!existsSync(diagram("rows.dot"))) continue;
  await check("Mermaid diagrams", diagram("eventmodeling.mmd"), () =>
    mermaid.parse("eventmodeling", readFileSync(diagram("eventmodeling.mmd"), "utf8")),
  );
  await check("Graphviz graphs", diagram("rows.dot"), () => {
    const svg = graphviz.layout(readFileSync(diagram("rows.dot"), "utf8"), "svg", "dot");
    if (!svg.includes("</svg>")) throw new Error("is not drawn");
  });
  await catalog(join(root, "eventcatalog"));
}

if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(Object.entries(counts).map(([what, count]) => `${count} ${what}`).join(", "));
