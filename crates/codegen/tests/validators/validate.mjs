// Holds the specifications of all samples against the validators of the Node ecosystem.
//
//   node validate.mjs <folder with node_modules> <folder with a folder for each sample>
//
// Prints what is wrong and exits with 1, or prints how much was looked at.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [packages, folder] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(join(packages, "package.json"));
const Ajv = require("ajv/dist/2020").default;
const addFormats = require("ajv-formats").default;
const avro = require("avsc");
const { CloudEvent } = require("cloudevents");
const { Parser } = require("@asyncapi/parser");

const parser = new Parser();
const problems = [];
const counts = {};
const samples = readdirSync(folder).sort();

const json = (...path) => JSON.parse(readFileSync(join(folder, ...path), "utf8"));
const files = (...path) => readdirSync(join(folder, ...path)).sort();

function count(what) {
  counts[what] = (counts[what] ?? 0) + 1;
}

/** Runs a check; what it throws is a problem of the file. */
function check(what, file, run) {
  count(what);
  try {
    run();
  } catch (error) {
    problems.push(`${file}: ${error.message}`);
  }
}

/** Which licence a service has is its owner's to say, and no model knows it. */
const UNKNOWN = ["info-license", "info-license-strict"];

/** All rules that Redocly recommends, for OpenAPI and AsyncAPI. A warning is a problem too. */
function redocly() {
  const specs = samples.flatMap((sample) => [join(folder, sample, "openapi.json"), join(folder, sample, "asyncapi.json")]);
  const cli = join(packages, "node_modules/@redocly/cli/bin/cli.js");
  const lint = spawnSync(process.execPath, [cli, "lint", "--extends=recommended", "--format=json", ...UNKNOWN.map((rule) => `--skip-rule=${rule}`), ...specs], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  const begins = lint.stdout?.indexOf("{") ?? -1;
  if (begins < 0) {
    problems.push(`redocly gave no answer: ${lint.error ?? lint.stderr}`);
    return;
  }
  // One answer for each file, one after the other.
  const answers = lint.stdout.slice(begins).split(/(?<=^\})\s*(?=\{)/m).map((text) => JSON.parse(text));
  for (const problem of answers.flatMap((answer) => answer.problems)) {
    const place = problem.location?.[0];
    // The feed knows no sign-in, and for that AsyncAPI has no word: OpenAPI's empty list counts as none at all.
    if (problem.ruleId === "security-defined" && place?.source?.ref.endsWith("asyncapi.json")) continue;
    problems.push(`${place?.source?.ref}${place?.pointer ?? ""}: ${problem.message} (${problem.ruleId})`);
  }
  specs.forEach(() => count("documents linted"));
}

async function asyncapi(sample) {
  count("AsyncAPI documents");
  const { document, diagnostics } = await parser.parse(json(sample, "asyncapi.json"));
  const wrong = diagnostics.filter((one) => one.severity <= 1 && one.code !== "asyncapi-latest-version");
  for (const one of wrong) problems.push(`${sample}/asyncapi.json ${one.path.join("/")}: ${one.message}`);
  if (!document) problems.push(`${sample}/asyncapi.json is no AsyncAPI document`);
}

function validator() {
  const ajv = new Ajv({ strict: true, allErrors: true });
  addFormats(ajv);
  ajv.addVocabulary(["x-personal-data"]);
  return ajv;
}

/** Each schema compiles strictly and takes its own example; examples of CloudEvents fit their envelope. */
function schemas(sample) {
  const ajv = validator();
  const holds = (validate, value) => {
    if (!validate(value)) throw new Error(ajv.errorsText(validate.errors));
  };
  for (const kind of files(sample, "schemas")) {
    for (const file of files(sample, "schemas", kind)) {
      check("JSON Schemas", `${sample}/schemas/${kind}/${file}`, () => {
        const schema = json(sample, "schemas", kind, file);
        ajv.addSchema(schema, `file:///schemas/${kind}/${file}`);
        const validate = ajv.getSchema(`file:///schemas/${kind}/${file}`);
        if (schema.examples.length === 0) throw new Error("has no example");
        for (const example of schema.examples) {
          holds(validate, example);
          if (validate({ ...example, "no such": 1 })) throw new Error("takes properties that it has not");
        }
      });
    }
  }
  const envelope = "file:///cloudevents/envelope.schema.json";
  ajv.addSchema(json(sample, "cloudevents", "envelope.schema.json"), envelope);
  for (const file of files(sample, "cloudevents").filter((file) => file !== "envelope.schema.json")) {
    check("CloudEvents", `${sample}/cloudevents/${file}`, () => {
      const event = json(sample, "cloudevents", file);
      new CloudEvent(event, true).validate();
      holds(ajv.getSchema(envelope), event);
    });
  }
}

/** A value of JSON as Avro takes it: days since 1970, the bytes of a whole number of 18 decimal places. */
function native(value, schema) {
  const type = Array.isArray(schema) ? schema.find((one) => one !== "null") : schema;
  if (value === null || typeof type !== "object") return value;
  if (type.type === "array") return value.map((item) => native(item, type.items));
  if (type.logicalType === "date") return Date.parse(`${value}T00:00:00Z`) / 86_400_000;
  if (type.logicalType !== "decimal") return value;
  const digits = BigInt.asUintN(128, BigInt(Math.round(value * 1e6)) * 10n ** 12n);
  return Buffer.from(digits.toString(16).padStart(32, "0"), "hex");
}

/** Each record parses; the example of its event is the same after a way through bytes. */
function records(sample) {
  for (const file of files(sample, "avro")) {
    check("Avro records", `${sample}/avro/${file}`, () => {
      const record = json(sample, "avro", file);
      const type = avro.Type.forSchema(record, { wrapUnions: false });
      const example = json(sample, "cloudevents", file.replace(/\.avsc$/, ".json")).data;
      const fields = record.fields.map(({ name, type }) => [name, native(example[name], type)]);
      const data = Object.fromEntries(fields);
      const back = type.fromBuffer(type.toBuffer(data));
      if (JSON.stringify(back) !== JSON.stringify(data)) throw new Error(`came back as ${JSON.stringify(back)}`);
    });
  }
}

redocly();
for (const sample of samples) {
  await asyncapi(sample);
  schemas(sample);
  records(sample);
}
const looked = Object.entries(counts).map(([what, number]) => `${number} ${what}`);
console.log(`${samples.length} samples: ${looked.join(", ")}, ${problems.length} problems`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length || samples.length === 0 ? 1 : 0;
