/* Finds, in a page and in the frames inside it, the text that a room could not read: too small, or too pale.
 * Takes the least size in pixels and the least contrast; gives one line a fault, and how many texts were seen. */
({ least, contrast }) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", {
    willReadFrequently: true,
  });
  const known = new Map();
  const colour = (css) => {
    if (!known.has(css)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(css, [r, g, b, a / 255]);
    }
    return known.get(css);
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((c, i) => c * a + under[i] * (1 - a));
  const light = (rgb) => {
    const [r, g, b] = rgb
      .map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, two) => {
    const [high, low] = [light(one), light(two)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const ancestors = (node) => {
    const all = [];
    for (let at = node; at; at = at.parentElement || at.getRootNode().host) all.push(at);
    return all;
  };
  const style = (node) => node.ownerDocument.defaultView.getComputedStyle(node);

  const paper = (chain) => {
    const layers = [];
    for (const node of chain) {
      const found = colour(style(node).backgroundColor);
      layers.push(found);
      if (found[3] === 1) break;
    }
    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };

  const isSeen = (node) => {
    if (!node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const box = node.getBoundingClientRect();
    return box.width > 1.5 && box.height > 1.5;
  };

  const faults = [];
  let seen = 0;
  const look = (node, text, size, ink) => {
    seen += 1;
    const chain = ancestors(node);
    const under = paper(chain);
    const opacity = chain.reduce((all, one) => all * Number(style(one).opacity), 1);
    const [r, g, b, a] = colour(ink);
    const found = ratio(over([r, g, b, a * opacity], under), under);
    if (size >= least - 0.05 && found >= contrast) return;
    const where = chain
      .map((one) => one.dataset?.testid || one.className?.baseVal || one.className || one.tagName)
      .filter((one) => typeof one === "string")
      .slice(0, 4)
      .join(" < ");
    faults.push(`${size.toFixed(1)} px, ${found.toFixed(1)}:1, « ${text.trim().slice(0, 40)} » in ${where}`);
  };

  // Icons are written as words of a font: marks, not text.
  const SKIPPED = 'script, style, title, desc, noscript, option, template, [data-testid="stIconMaterial"]';
  const walk = (root) => {
    const nodes = root.createTreeWalker(root.body, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      const text = nodes.currentNode.nodeValue;
      const node = nodes.currentNode.parentElement;
      if (!text.trim() || node.closest(SKIPPED) || !isSeen(node)) continue;
      const drawn = node.closest("svg") && node.closest("text");
      const matrix = drawn ? drawn.getScreenCTM() : null;
      const scale = matrix ? Math.hypot(matrix.a, matrix.b) : 1;
      look(
        node,
        text,
        parseFloat(style(node).fontSize) * scale,
        drawn ? style(node).fill : style(node).color,
      );
    }
    for (const field of root.querySelectorAll("input, textarea")) {
      if (!isSeen(field) || ["checkbox", "radio", "range"].includes(field.type)) continue;
      const ink = field.value
        ? style(field)
        : field.ownerDocument.defaultView.getComputedStyle(field, "::placeholder");
      if (field.value || field.placeholder)
        look(field, field.value || field.placeholder, parseFloat(ink.fontSize), ink.color);
    }
    for (const frame of root.querySelectorAll("iframe"))
      if (isSeen(frame) && frame.contentDocument) walk(frame.contentDocument);
  };
  walk(document);
  return { faults: [...new Set(faults)], seen };
};
