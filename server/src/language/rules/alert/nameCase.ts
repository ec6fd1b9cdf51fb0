// alert/name-case: an alert name that is not in CamelCase. Off unless asked for.
import { rangeOf } from "../../../yaml/tree.ts";
import { alertCheck } from "./shared.ts";

export const alertNameCase = alertCheck({
  id: "alert/name-case",
  level: "off",
  title: "An alert name that is not in CamelCase",
  look({ rule }, report) {
    const { name } = rule;
    if (!name || /^[A-Z][A-Za-z0-9]*$/.test(name.value)) return;
    const words = name.value.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
    const meant = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
    const range = rangeOf(name);
    report({
      range,
      message: `${name.value} is not in CamelCase. Names of alerts are words written together, so that routes and silences can name them without quotes. Write ${meant}.`,
      fixes: /^[A-Z]/.test(meant) ? [{ title: `Write ${meant}`, edits: [{ range, text: meant }], safe: false }] : [],
    });
  },
});
