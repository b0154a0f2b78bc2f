/** A value beside its JSON Schema, as far as score.schema.json uses it. */

import SCORE_SCHEMA from "../../../score/score.schema.json";

/**
 * @typedef {(value: any, schema: any, path: string) => string} Check
 * says what is wrong with a value that stands at path, or ""
 */

/** @type {Record<string, Check>} */
const CHECKS = {
  string: (value, schema, path) =>
    typeof value !== "string" || value.length < (schema.minLength ?? 0) ? `${path} must be a text` : "",
  boolean: (value, _, path) => (typeof value !== "boolean" ? `${path} must be true or false` : ""),
  number: numberProblem,
  integer: numberProblem,
  array: arrayProblem,
  object: objectProblem,
};

/** @type {Check} JSON Schema, as far as score.schema.json uses it */
export function schemaProblem(value, schema, path) {
  if (schema.$ref) return schemaProblem(value, definition(schema.$ref), path);
  if (schema.anyOf) {
    const found = schema.anyOf.map((/** @type {any} */ choice) => schemaProblem(value, choice, path));
    return found.includes("") ? "" : found[0];
  }
  if ("const" in schema && value !== schema.const) return `${path} must be ${schema.const}`;
  if (schema.enum && !schema.enum.includes(value)) return `${path} must be one of ${schema.enum.join(", ")}`;
  return CHECKS[schema.type]?.(value, schema, path) ?? "";
}

/** @param {string} reference such as #/$defs/name */
function definition(reference) {
  return /** @type {Record<string, any>} */ (SCORE_SCHEMA.$defs)[reference.replace("#/$defs/", "")];
}

/** @type {Check} */
function numberProblem(value, schema, path) {
  if (!Number.isFinite(value)) return `${path} must be a number`;
  if (schema.type === "integer" && !Number.isInteger(value)) return `${path} must be a whole number`;
  if (value < (schema.minimum ?? value)) return `${path} must be ${schema.minimum} or more`;
  if (value > (schema.maximum ?? value)) return `${path} must be ${schema.maximum} or less`;
  return value <= (schema.exclusiveMinimum ?? -Infinity) ? `${path} must be more than ${schema.exclusiveMinimum}` : "";
}

/** @type {Check} */
function arrayProblem(value, schema, path) {
  if (!Array.isArray(value)) return `${path} must be a list`;
  if (value.length < (schema.minItems ?? 0) || value.length > (schema.maxItems ?? Infinity)) {
    return `${path} has the wrong length`;
  }
  if (schema.uniqueItems && new Set(value).size < value.length) return `${path} names something twice`;
  return firstProblem(value, (item, index) =>
    schemaProblem(item, schema.prefixItems?.[index] ?? schema.items ?? {}, `${path}[${index}]`),
  );
}

/** @type {Check} */
function objectProblem(value, schema, path) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return `${path} must be an object`;
  const missing = (schema.required ?? []).find((/** @type {string} */ key) => !Object.hasOwn(value, key));
  if (missing) return `${path} lacks '${missing}'`;
  return firstProblem(Object.keys(value), (key) => {
    const rule = schema.properties?.[key] ?? schema.additionalProperties ?? {};
    return rule === false
      ? `${path} has the unknown entry '${key}'`
      : schemaProblem(value[key], rule, `${path}.${key}`);
  });
}

/**
 * @template T
 * @param {T[]} items
 * @param {(item: T, index: number) => string} check
 */
export function firstProblem(items, check) {
  for (let index = 0; index < items.length; index += 1) {
    const problem = check(items[index], index);
    if (problem) return problem;
  }
  return "";
}
