/** Nodes that can be opened in place of those that stand for their layers: where everything is then, and what is told. */

/** @typedef {import("./schema.js").Score} Score */
/** @typedef {import("./schema.js").WholeScore} WholeScore */
/** @typedef {import("./schema.js").Scene} Scene */
/** @typedef {import("./schema.js").SceneEdge} SceneEdge */
/** @typedef {import("./schema.js").Point} Point */
/** @typedef {import("./schema.js").Opening} Opening */

/**
 * @param {Pick<WholeScore, "openings">} whole
 * @param {string} names of nodes, with spaces between them
 * @returns {Opening[]} those that open them, one for each layer; what is no such name counts for nothing
 */
export function openingsNamed({ openings = [] }, names) {
  const wanted = names.split(" ");
  const found = openings.filter(({ node }) => wanted.includes(node));
  return [...new Map(found.map((opening) => [standingFor(opening), opening])).values()];
}

/**
 * @param {Pick<WholeScore, "openings">} whole
 * @returns {Set<string>} every node that is opened, or can be
 */
export function openable({ openings = [] }) {
  return new Set(openings.flatMap((opening) => [standingFor(opening), opening.node]));
}

/**
 * @param {WholeScore} whole
 * @param {string} names of the nodes that are opened now
 * @param {string} node the one to open in their layer
 * @returns {string} the names of the nodes that are opened then
 */
export function namesWith(whole, names, node) {
  const layer = (whole.openings ?? []).find((opening) => opening.swaps[0].includes(node));
  const others = openingsNamed(whole, names).filter((opening) => !layer || standingFor(opening) !== standingFor(layer));
  const isFirst = layer && standingFor(layer) === node;
  return [...others.map((opening) => opening.node), ...(isFirst ? [] : [node])].sort().join(" ");
}

/** @param {Opening} opening */
function standingFor({ swaps }) {
  return swaps[0][0];
}

/**
 * @param {Score} score
 * @param {WholeScore} whole
 * @param {Opening[]} chosen one for each layer
 * @returns {Score} with these nodes opened
 */
export function openedScore(score, whole, chosen) {
  if (!chosen.length) return score;
  const beats = [...score.beats];
  for (const [index, { formula, ...told }, chips] of chosen.flatMap((opening) => opening.beats)) {
    const rows = formula ? { formula: formula.map((row) => whole.rows[row]) } : {};
    beats[index] = { ...beats[index], ...told, ...rows, chips: chips.map((chip) => whole.scene.chips[chip]) };
  }
  return { ...score, beats, scene: openedScene(score.scene, chosen) };
}

/**
 * @param {Scene} scene
 * @param {Opening[]} chosen
 * @returns {Scene} with nodes, their edges and what stands beside them in changed places
 */
function openedScene(scene, chosen) {
  const pairs = chosen.flatMap(({ swaps }) => swaps);
  const other = new Map([...pairs, ...pairs.map(([a, b]) => /** @type {[string, string]} */ ([b, a]))]);
  const placeOf = (/** @type {string} */ id) => other.get(id) ?? id;
  const nodes = new Map(scene.nodes.map((node) => [node.id, node]));
  const renamed = Object.assign({}, ...chosen.map(({ anchors }) => anchors));
  const withAnchors = (/** @type {Record<string, Point>} */ anchors) => ({
    ...anchors,
    ...Object.fromEntries(Object.entries(renamed).map(([name, old]) => [name, anchors[old]])),
  });
  const route = createRoutes(scene.edges, placeOf);
  const arranged = (/** @type {import("./schema.js").Places} */ places) => ({
    ...places,
    anchors: withAnchors(places.anchors),
    nodes: Object.fromEntries(Object.keys(places.nodes).map((id) => [id, places.nodes[placeOf(id)]])),
    edges: { ...places.edges, ...Object.fromEntries(scene.edges.map((edge) => [edge.id, route(edge, ({ id }) => places.edges[id])])) },
  });
  const taken = new Set(Object.values(renamed));
  return {
    ...scene,
    anchors: withAnchors(scene.anchors),
    nodes: scene.nodes.map((node) => {
      const { shape, x, y, w, h } = nodes.get(placeOf(node.id)) ?? node;
      return { ...node, shape, x, y, w, h };
    }),
    edges: scene.edges.map((edge) => {
      const points = route(edge, ({ start, via = [], end }) => [start, ...via, end]);
      return { ...edge, start: points[0], via: points.slice(1, -1), end: points[points.length - 1] };
    }),
    labels: [...scene.labels.filter(({ anchor }) => !taken.has(anchor)), ...chosen.flatMap(({ labels }) => labels)],
    large: arranged(scene.large),
    tall: arranged(scene.tall),
  };
}

/**
 * Where edges run between nodes that have changed places: as those between the places do, or straight from where edges
 * leave the one to where they arrive at the other.
 *
 * @param {SceneEdge[]} edges
 * @param {(id: string) => string} placeOf the node whose place a node has now
 */
function createRoutes(edges, placeOf) {
  const between = new Map(edges.map((edge) => [edge.ends.join(" "), edge]));
  const [leaving, arriving] = [0, 1].map((end) => new Map(edges.map((edge) => [edge.ends[end], edge])));
  return (/** @type {SceneEdge} */ edge, /** @type {(edge: SceneEdge) => Point[]} */ pointsOf) => {
    const [from, to] = edge.ends.map(placeOf);
    const same = between.get(`${from} ${to}`);
    if (same) return pointsOf(same);
    const [out, into] = [leaving.get(from) ?? edge, arriving.get(to) ?? edge];
    return [pointsOf(out)[0], pointsOf(into).slice(-1)[0]];
  };
}
