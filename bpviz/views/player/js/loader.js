/** The first script of a saved page: the player stands in it deflated, a third of its size, and is unpacked here. */

import { inflate } from "./kit/inflate.js";

/** Run the script that the page carries, as if it stood there. */
async function startPlayer() {
  const script = document.createElement("script");
  script.type = "module";
  script.textContent = await inflate("bpviz-script");
  document.head.append(script);
}

startPlayer();
