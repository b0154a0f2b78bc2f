import js from "@eslint/js";
import globals from "globals";
import { arrowsPointDown } from "./tools/eslint_rooms.mjs";

/** The folders of the player's JavaScript, top to bottom. A module imports from its own and from lower floors; "." is where it begins. */
const FLOORS = [["."], ["stage", "panels", "controls", "frame", "state", "address", "matrix"], ["kit", "score"], ["engine"]];
/** What a folder reads beside modules. */
const DATA = { score: ["bpviz/views/score/score.schema.json"], stage: ["bpviz/views/look.json"] };

export default [
  { ignores: ["**/.*", "build/"] },
  js.configs.recommended,
  { files: ["tests/benchmarks/*.js"], languageOptions: { ecmaVersion: 2025, globals: globals.browser } },
  {
    files: ["bpviz/views/player/js/**/*.js"],
    languageOptions: { ecmaVersion: 2025, sourceType: "module", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { rooms: { rules: { "arrows-point-down": arrowsPointDown } } },
    rules: {
      "rooms/arrows-point-down": ["error", { root: "bpviz/views/player/js", floors: FLOORS, data: DATA }],
      complexity: ["error", { max: 14, variant: "modified" }],
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "max-lines": ["error", { max: 200 }],
      "max-lines-per-function": ["error", { max: 40, skipBlankLines: true, skipComments: true }],
      "no-console": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-shadow": "error",
      "no-var": "error",
      "no-warning-comments": "error",
      "prefer-const": "error",
      // Text reaches the page as text, never as markup.
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Use textContent or build nodes." },
        { property: "outerHTML", message: "Use textContent or build nodes." },
        { property: "insertAdjacentHTML", message: "Use textContent or build nodes." },
      ],
      "no-restricted-globals": ["error", "fetch", "XMLHttpRequest", "WebSocket", "localStorage", "sessionStorage"],
    },
  },
];
