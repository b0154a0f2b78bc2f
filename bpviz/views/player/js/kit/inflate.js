/** Texts as a page carries them: deflated, in base64, in an element that runs nothing by itself. */

/**
 * @param {string} id of the element
 * @returns {Promise<string>}
 */
export function inflate(id) {
  const packed = document.getElementById(id)?.textContent ?? "";
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}
