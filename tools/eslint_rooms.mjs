/** A rule for ESLint: modules stand in rooms (folders), rooms on floors, and what a module needs comes from a floor below. */

import path from "node:path";

/** A type that a comment asks for: `import("./x.js").T`, or `@import {T} from "./x.js"`. */
const TYPE_IMPORT = /(?:\bimport\(|@import\b[^"']*\bfrom )["']([^"']+)["']/g;

/**
 * Its options: `root`, the folder of the rooms; `floors`, the rooms of each floor, top to bottom, "." for the modules in `root`
 * itself; `data`, the files outside of `root` that a room may read. Inside a room all is free, and a type, which leaves no trace
 * in what runs, may come from another room of the same floor, too.
 */
export const arrowsPointDown = {
  meta: { type: "problem", schema: [{ type: "object" }] },
  create(context) {
    const { root, floors, data } = context.options[0];
    const top = path.resolve(context.cwd, root);
    const roomOf = (file) => path.dirname(path.relative(top, file));
    const floorOf = (room) => floors.findIndex((rooms) => rooms.includes(room));
    const here = roomOf(context.filename);

    function check(node, wanted, isType) {
      if (!wanted?.startsWith(".")) return;
      const file = path.resolve(path.dirname(context.filename), wanted);
      const there = roomOf(file);
      const isSame = isType ? floorOf(here) === floorOf(there) : here === there;
      const isData = (data[here] ?? []).some((known) => path.resolve(context.cwd, known) === file);
      if (isSame || isData || floorOf(here) < floorOf(there)) return;
      context.report({ loc: node.loc, message: `'${here}' may not import from '${there}': arrows point down only.` });
    }

    const checkSource = (node) => check(node, node.source?.value, false);
    return {
      ImportDeclaration: checkSource,
      ExportNamedDeclaration: checkSource,
      ExportAllDeclaration: checkSource,
      ImportExpression: checkSource,
      Program(node) {
        if (floorOf(here) < 0) context.report({ node, message: `'${here}' stands on no floor.` });
        for (const comment of context.sourceCode.getAllComments()) {
          for (const [, wanted] of comment.value.matchAll(TYPE_IMPORT)) check(comment, wanted, true);
        }
      },
    };
  },
};
