// The parts of the SARIF 2.1.0 schema (OASIS, sarif-schema-2.1.0) that the report uses, as strict as the standard. Data only.

const text = { type: "string", minLength: 1 };
const message = { type: "object", required: ["text"], properties: { text }, additionalProperties: false };
const level = { enum: ["none", "note", "warning", "error"] };
const position = { type: "integer", minimum: 1 };

const region = {
  type: "object",
  required: ["startLine", "startColumn", "endLine", "endColumn"],
  properties: { startLine: position, startColumn: position, endLine: position, endColumn: position },
  additionalProperties: false,
};

const artifactLocation = {
  type: "object",
  required: ["uri"],
  properties: { uri: { type: "string", format: "uri-reference" } },
  additionalProperties: false,
};

const replacement = {
  type: "object",
  required: ["deletedRegion"],
  properties: {
    deletedRegion: region,
    insertedContent: { type: "object", properties: { text: { type: "string" } }, additionalProperties: false },
  },
  additionalProperties: false,
};

const fix = {
  type: "object",
  required: ["artifactChanges"],
  properties: {
    description: message,
    artifactChanges: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        required: ["artifactLocation", "replacements"],
        properties: { artifactLocation, replacements: { type: "array", minItems: 1, items: replacement } },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};

const result = {
  type: "object",
  required: ["message"],
  properties: {
    ruleId: text,
    ruleIndex: { type: "integer", minimum: 0 },
    level,
    message,
    locations: {
      type: "array",
      items: {
        type: "object",
        properties: {
          physicalLocation: {
            type: "object",
            required: ["artifactLocation"],
            properties: { artifactLocation, region },
            additionalProperties: false,
          },
        },
        additionalProperties: false,
      },
    },
    partialFingerprints: { type: "object", additionalProperties: { type: "string" } },
    fixes: { type: "array", items: fix },
  },
  additionalProperties: false,
};

const rule = {
  type: "object",
  required: ["id"],
  properties: {
    id: text,
    shortDescription: message,
    helpUri: { type: "string", format: "uri" },
    defaultConfiguration: { type: "object", properties: { level }, additionalProperties: false },
  },
  additionalProperties: false,
};

const driver = {
  type: "object",
  required: ["name"],
  properties: {
    name: text,
    informationUri: { type: "string", format: "uri" },
    rules: { type: "array", uniqueItems: true, items: rule },
  },
  additionalProperties: false,
};

const run = {
  type: "object",
  required: ["tool"],
  properties: {
    tool: { type: "object", required: ["driver"], properties: { driver }, additionalProperties: false },
    columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
    results: { type: "array", items: result },
  },
  additionalProperties: false,
};

export const sarifSchema = {
  type: "object",
  required: ["version", "runs"],
  properties: {
    $schema: { type: "string", format: "uri" },
    version: { const: "2.1.0" },
    runs: { type: "array", items: run },
  },
  additionalProperties: false,
};
