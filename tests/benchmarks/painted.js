() => {
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  // a message posted in an animation frame arrives after that frame is painted
  const painted = () =>
    new Promise((done) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now());
      requestAnimationFrame(() => channel.port2.postMessage(0));
    });
  // a rival shows its news as an image that loads, or (ipympl) as an image drawn on its canvas
  let heard = () => {};
  document.addEventListener("load", (event) => event.target instanceof HTMLImageElement && heard(), true);
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (...args) {
    draw.apply(this, args);
    heard();
  };

  const PATIENCE = 10_000; // ms that a busy machine may need for one picture
  /** When the first frame is painted that shows something else than before. */
  const repainted = async (shown, before) => {
    const start = performance.now();
    for (let at = await painted(); at - start < PATIENCE; at = await painted()) if (shown() !== before) return at;
    throw new Error("no new picture within ten seconds");
  };

  const movePlayer = async (cell, name, count, between = 80, part = ".bpviz-diagram") => {
    const slider = cell.querySelector(`.bpviz-card input[type=range][name=${name}]`);
    const shown = () => cell.querySelector(part).outerHTML;
    const waits = [];
    for (let k = 0; k < count; k += 1) {
      await pause(between + Math.random() * 20); // any moment between two frames
      const before = shown();
      const share = (k % 2 ? 0.2 : 0.5) + 0.3 * Math.random(); // always somewhere else
      slider.value = Number(slider.min) + (Number(slider.max) - slider.min) * share;
      const start = performance.now();
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      waits.push((await repainted(shown, before)) - start);
    }
    return waits;
  };

  window.movePlayer = movePlayer;
  window.moveRival = async (cell, _name, count) => {
    const handle = cell.querySelector(".noUi-handle");
    const waits = [];
    for (let k = 0; k < count; k += 1) {
      await pause(300 + Math.random() * 20); // let the kernel come to rest
      const news = new Promise((done, fail) => {
        heard = done;
        setTimeout(() => fail(new Error("no new picture within ten seconds")), PATIENCE);
      });
      const start = performance.now();
      const key = k % 8 < 4 ? "ArrowRight" : "ArrowLeft";
      handle.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      await news;
      waits.push((await painted()) - start);
    }
    return waits;
  };
  window.dragPlayer = async (cell, name, count) => {
    const long = [];
    const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map((task) => task.duration)));
    observer.observe({ type: "longtask" });
    const waits = await movePlayer(cell, name, count, 0, ".bpviz-curve");
    await pause(200);
    observer.disconnect();
    return [waits, Math.max(0, ...long)];
  };
}
