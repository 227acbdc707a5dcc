// Draws areas on the map. What is drawn stands as text in the form, so that it can be read, mended and
// written by hand; this only turns presses and keys into lines of text, and the text into a picture.
"use strict";

(() => {
  const svg = document.querySelector("svg[data-draws]");
  if (!svg) return;
  const geo = JSON.parse(svg.dataset.draws);
  const tag = (name, more) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(more || {})) made.setAttribute(key, value);
    return made;
  };
  const units = ([lat, lon]) => [(lon - geo.west) * geo.x, (geo.north - lat) * geo.y];
  const degrees = ([x, y]) => [geo.north - y / geo.y, geo.west + x / geo.x].map((n) => Number(n.toFixed(4)));
  const pair = /^([-+]?\d+(?:\.\d+)?)\s*[,;،\s]\s*([-+]?\d+(?:\.\d+)?)$/;

  class Shape {
    constructor(field) {
      this.field = field;
      for (const name of ["kind", "km", "points"]) this[name] = field.querySelector(`[name=shape_${name}]`);
      this.told = field.querySelector(".told");
      this.places = new Map();
      this.points.addEventListener("input", () => changed(this));
      this.kind.addEventListener("change", () => changed(this));
      this.km.addEventListener("input", () => changed(this));
      field.addEventListener("focusin", () => { active = this; draw(); });
    }
    get lines() { return this.points.value.split("\n").map((line) => line.trim()).filter(Boolean); }
    get spots() {
      return this.lines.map((line) => {
        const found = pair.exec(line);
        return found ? [Number(found[1]), Number(found[2])] : this.places.get(line);
      }).filter(Boolean);
    }
    put(lines) { this.points.value = lines.join("\n"); changed(this); }
    add(spot) {
      const line = spot.join(", ");
      const most = { circle: 1, rectangle: 2 }[this.kind.value] || 200;
      this.put(this.lines.length >= most ? [line] : [...this.lines, line]);
    }
    move(index, spot) { const lines = this.lines; lines[index] = spot.join(", "); this.put(lines); }
  }

  const layer = tag("g", { class: "drawn" });
  const sheet = tag("rect", { class: "sheet", width: geo.width, height: geo.height, tabindex: 0, role: "application",
    "aria-label": "Map to draw on. Arrow keys move the cross, Enter sets a point, Backspace takes it back" });
  const cross = tag("path", { class: "cross", d: "M-14 0H14M0 -14V14" });
  svg.append(sheet, layer, cross);
  for (const old of svg.querySelectorAll(".figure")) old.remove();
  const shapes = [...document.querySelectorAll("fieldset.shape")].map((field) => new Shape(field));
  let active = shapes[shapes.length - 1];
  let view = { x: geo.width / 2, y: geo.height / 2, z: 1 };
  let at = [view.x, view.y];
  let timer = null;

  function changed(shape) {
    active = shape;
    draw();
    clearTimeout(timer);
    timer = setTimeout(() => ask(shape), 300);
  }

  // The server knows places and what a shape holds; the words are its own.
  async function ask(shape) {
    if (!shape.lines.length) { shape.told.textContent = ""; return; }
    const asked = { kind: shape.kind.value, km: shape.km.value, points: shape.points.value };
    const answer = await fetch("/map/shape?" + new URLSearchParams(asked));
    if (!answer.ok) return;
    const found = await answer.json();
    shape.told.classList.toggle("warn", !found.ok);
    shape.told.textContent = found.message;
    if (!found.ok || shape.kind.value === "rectangle") return;
    shape.lines.forEach((line, n) => { if (!pair.test(line) && found.points[n]) shape.places.set(line, found.points[n]); });
    draw();
  }

  function outline(shape) {
    let spots = shape.spots.map(units);
    const kind = shape.kind.value, km = parseFloat(shape.km.value) || 0;
    if (!spots.length) return null;
    if (kind === "circle") return tag("circle", { class: "figure circle", cx: spots[0][0], cy: spots[0][1], r: km * geo.km });
    if (kind === "rectangle" && spots.length > 1) {
      const [[a, b], [c, d]] = [spots[0], spots[spots.length - 1]];
      spots = [[a, b], [c, b], [c, d], [a, d]];
    }
    const path = "M" + spots.map((spot) => spot.map((n) => n.toFixed(1)).join(" ")).join("L");
    if (kind === "corridor") return tag("path", { class: "figure corridor", d: path, "stroke-width": Math.max(km * geo.km, 2 / view.z) });
    return tag("path", { class: "figure outline", d: path + (spots.length > 2 ? "Z" : "") });
  }

  function draw() {
    const scale = ` scale(${1 / view.z})`;
    layer.replaceChildren();
    for (const shape of shapes) {
      const road = /^(corridor|circle)$/.test(shape.kind.value);
      shape.km.closest("label").hidden = !road;
      const figure = outline(shape);
      if (figure) layer.append(figure);
      if (shape === active) shape.lines.forEach((line, n) => {
        const found = pair.exec(line);
        const spot = found ? [Number(found[1]), Number(found[2])] : shape.places.get(line);
        if (spot) layer.append(handle(shape, n, units(spot), scale));
      });
    }
    cross.setAttribute("transform", `translate(${at[0]} ${at[1]})` + scale);
  }

  function handle(shape, index, [x, y], scale) {
    const made = tag("g", { class: "handle", transform: `translate(${x} ${y})` + scale });
    made.append(tag("circle", { r: 20, class: "grip" }), tag("circle", { r: 6 }));
    made.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const follow = (moved) => { at = spotOf(moved); shape.move(index, degrees(at)); };
      const leave = () => { svg.removeEventListener("pointermove", follow); document.removeEventListener("pointerup", leave); };
      svg.addEventListener("pointermove", follow);
      document.addEventListener("pointerup", leave);
    });
    return made;
  }

  function spotOf(event) {
    const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [Math.min(geo.width, Math.max(0, spot.x)), Math.min(geo.height, Math.max(0, spot.y))];
  }

  function look(x, y, z) {
    z = Math.min(32, Math.max(1, z));
    const [w, h] = [geo.width / z, geo.height / z];
    view = { z, x: Math.min(geo.width - w / 2, Math.max(w / 2, x)), y: Math.min(geo.height - h / 2, Math.max(h / 2, y)) };
    svg.setAttribute("viewBox", `${view.x - w / 2} ${view.y - h / 2} ${w} ${h}`);
    svg.classList.toggle("near", z > 1);
    for (const one of svg.querySelectorAll(".scaled")) one.setAttribute("transform", one.getAttribute("transform").replace(/scale\(.*\)/, `scale(${1 / z})`));
    draw();
  }

  function middle() { const spots = active.spots; return spots.length ? units(spots[spots.length - 1]) : at; }
  const zoom = (times) => look(...middle(), view.z * times);

  // A press sets a point; a pull draws a rectangle, or moves the map when it is looked at from near.
  let press = null;
  sheet.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    press = { x: event.clientX, y: event.clientY, from: spotOf(event), view, moved: false };
  });
  svg.addEventListener("pointermove", (event) => {
    if (!press) return;
    const [dx, dy] = [event.clientX - press.x, event.clientY - press.y];
    if (!press.moved && Math.hypot(dx, dy) < 6) return;
    press.moved = true;
    if (active.kind.value === "rectangle" && event.pointerType === "mouse") {
      active.put([degrees(press.from).join(", "), degrees(spotOf(event)).join(", ")]);
    } else if (view.z > 1) {
      const scale = svg.getScreenCTM().a;
      look(press.view.x - dx / scale, press.view.y - dy / scale, view.z);
    }
  });
  svg.addEventListener("pointerup", (event) => {
    if (press && !press.moved) { at = spotOf(event); active.add(degrees(at)); }
    press = null;
  });
  document.addEventListener("pointercancel", () => { press = null; });

  sheet.addEventListener("keydown", (event) => {
    const step = (event.shiftKey ? 2 : 12) / view.z;
    const way = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (way) {
      at = [Math.min(geo.width, Math.max(0, at[0] + way[0])), Math.min(geo.height, Math.max(0, at[1] + way[1]))];
      look(view.z > 1 ? at[0] : view.x, view.z > 1 ? at[1] : view.y, view.z);
      active.told.textContent = named(at);
    } else if (event.key === "Enter" || event.key === " ") active.add(degrees(at));
    else if (event.key === "Backspace" || event.key === "Delete") active.put(active.lines.slice(0, -1));
    else if (event.key === "+" || event.key === "=") zoom(2);
    else if (event.key === "-") zoom(0.5);
    else return;
    event.preventDefault();
  });

  function named(spot) {
    const [lat, lon] = degrees(spot);
    const inside = [...svg.querySelectorAll(".area")].find((area) => area.isPointInFill(new DOMPoint(...spot)));
    return `${lat.toFixed(2)} N, ${lon.toFixed(2)} E${inside ? ", " + inside.dataset.name : ""}`;
  }

  const does = { undo: () => active.put(active.lines.slice(0, -1)), clear: () => active.put([]), in: () => zoom(2), out: () => zoom(0.5) };
  for (const pencil of document.querySelectorAll(".pencil")) {
    pencil.hidden = false;
    pencil.addEventListener("click", (event) => { const act = does[event.target.dataset.do]; if (act) act(); });
  }
  svg.classList.add("drawing");
  draw();
  for (const shape of shapes) ask(shape);
})();
