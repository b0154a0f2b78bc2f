/** A page remembers: its address follows what is changed, so that reload, Back and a link lead to the same moment. */

import { copyText } from "../kit/copy.js";
import { html } from "../kit/dom.js";
import { createButton } from "../kit/button.js";
import { fillWords } from "../kit/slots.js";
import { fragmentOf, placeOf, readFragment } from "./fragment.js";

/** @typedef {import("../state/state.js").State} State */

const ADDRESS_PAUSE = 400; // milliseconds: Safari allows an address a hundred changes in half a minute
const MOST_SHOWN = 60; // letters of what is ignored

/**
 * Go where the page's address leads, and let it follow from then on.
 *
 * @param {State} state
 * @param {(text: string) => void} say says a message aloud
 * @returns {HTMLElement[]} what stands with the tools of the header
 */
export function keepAddress(state, say) {
  const { whole, model } = state;
  const own = placeOf(state);
  const fragment = () => fragmentOf(whole, own, placeOf(state));
  const link = createLink(whole, () => addressWith(fragment()), say);
  const go = () => {
    const { place, ignored } = readFragment(whole, own, location.hash.slice(1), model.get("panels"));
    state.write({ variant: place.variant, beat: place.beat, ...place.held });
    state.history.commit();
    if (ignored.length) link.tell(fillWords(whole.words.address_ignored, { parts: shortened(ignored.join(", ")) }));
  };
  let [timer, kept] = [0, 0];
  const keep = () => {
    [timer, kept] = [0, Date.now()];
    putAddress(addressWith(fragment()));
  };
  go();
  for (const name of ["variant", "beat", ...Object.keys(own.held)]) {
    model.on(`change:${name}`, () => {
      link.tell("");
      timer ||= setTimeout(keep, Math.max(kept + ADDRESS_PAUSE - Date.now(), 0));
    });
  }
  addEventListener("hashchange", go);
  return link.elements;
}

/** @param {string} fragment */
function addressWith(fragment) {
  const [page] = location.href.split("#");
  return fragment ? `${page}#${fragment}` : page;
}

/** @param {string} address */
function putAddress(address) {
  try {
    if (address !== location.href) history.replaceState(history.state, "", address);
  } catch {
    return; // a page inside another one may have no address of its own
  }
}

/** @param {string} text */
function shortened(text) {
  const letters = [...text];
  return letters.length > MOST_SHOWN ? `${letters.slice(0, MOST_SHOWN).join("")}…` : text;
}

/**
 * The button that copies the address, and the line under it.
 *
 * @param {import("../score/schema.js").WholeScore} whole
 * @param {() => string} address
 * @param {(text: string) => void} say
 */
function createLink({ words, data }, address, say) {
  const lost = data ? ` ${words.link_without_data}` : "";
  const note = html("p", { class: "bpviz-link-note", hidden: "" });
  const tell = (/** @type {string} */ text) => {
    if (!text && note.hidden) return;
    note.hidden = !text;
    note.textContent = text;
    if (text) requestAnimationFrame(() => say(text)); // after the step that the same address leads to
  };
  const button = createButton(words.copy_link, words.copy_link, () => {
    copyText(address(), element, words.link).then((done) => tell(done ? words.link_copied + lost : words.press_copy_link));
  });
  button.title = words.link_carries + lost;
  button.classList.add("bpviz-button");
  button.addEventListener("blur", () => tell(""));
  const element = html("div", { class: "bpviz-link" }, button, note);
  return { elements: /^(https?|file):$/.test(location.protocol) ? [element] : [note], tell };
}
