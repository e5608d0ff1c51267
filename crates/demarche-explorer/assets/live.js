// Pages are complete without this; it only makes them livelier.
"use strict";

// Dark or light, kept for the next page.
const root = document.documentElement;
const kept = (() => { try { return localStorage.getItem("theme"); } catch { return null; } })();
if (kept) root.dataset.theme = kept;
const theme = document.querySelector("button.theme");
if (theme) {
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* kept for this page only */ }
  });
}

// Takes a part of another page in the place of the same part of this one.
async function take(url, part, push) {
  const answer = await fetch(url, { headers: { accept: "text/html" } });
  if (!answer.ok) { location.href = url; return false; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [before, after] = [document.querySelector(part), page.querySelector(part)];
  if (!before || !after) { location.href = url; return false; }
  before.replaceWith(document.adoptNode(after));
  if (push) history.pushState({ part }, "", url);
  return true;
}

addEventListener("popstate", async () => {
  const part = document.querySelector("#story") ? "#story" : document.querySelector("#map") ? "#map" : null;
  if (part) await take(location.href, part, false); else location.reload();
});

// An event is picked in the story without leaving its place.
document.addEventListener("click", async (click) => {
  if (click.defaultPrevented || click.button || click.metaKey || click.ctrlKey || click.shiftKey) return;
  const link = click.target.closest?.("#story a[href*='?event='], #map .ways a");
  if (!link) return;
  click.preventDefault();
  const story = link.closest("#story");
  const [x, y] = [scrollX, scrollY];
  const name = link.getAttribute("aria-label");
  if (!(await take(link.href, story ? "#story" : "#map", true))) return;
  scrollTo({ left: x, top: y, behavior: "instant" });
  if (story) {
    const card = document.querySelector(".card.picked");
    const side = document.querySelector("aside.coded");
    if (card && side && side.scrollHeight > side.clientHeight) side.scrollTop = card.offsetTop - side.offsetTop - 60;
    card?.querySelector("a")?.focus({ preventScroll: true });
  } else {
    document.querySelector(`#map .ways a[aria-label="${name}"]`)?.focus({ preventScroll: true });
  }
});

// A card and its word light up together.
for (const [event, on] of [["mouseover", true], ["mouseout", false]]) {
  document.addEventListener(event, (move) => {
    const id = move.target.closest?.("[data-event]")?.dataset.event;
    if (!id) return;
    for (const word of document.querySelectorAll(`.text a[data-event="${CSS.escape(id)}"]`)) word.classList.toggle("lit", on);
  });
}

// The map is dragged, and enlarged with the wheel; where it comes to rest is fetched anew, and its address can be shared.
let drag = null;
let rest = 0;
const frame = (map) => map.getAttribute("viewBox").split(" ").map(Number);
function settle(map) {
  clearTimeout(rest);
  rest = setTimeout(() => {
    const [x, y, wide, high] = frame(map);
    const box = map.closest("#map");
    const zoom = Math.min(16, Math.max(1, 2000 / wide));
    const url = new URL(location.href);
    const [lat, lon] = unproject(x + wide / 2, y + high / 2);
    url.searchParams.set("lat", lat.toFixed(1));
    url.searchParams.set("lon", lon.toFixed(1));
    url.searchParams.set("zoom", zoom.toFixed(1));
    if (box) take(url.href, "#map", true);
  }, 350);
}
// The Natural Earth projection turned round by halving.
function unproject(px, py) {
  const scale = 2000 / (2 * Math.PI * 0.8707);
  const down = (y) => y * (1.007226 + y * y * (0.015085 + y ** 4 * (-0.044475 + 0.028874 * y * y - 0.005916 * y ** 4)));
  let [low, high] = [-Math.PI / 2, Math.PI / 2];
  const aim = (520 - py) / scale;
  for (let i = 0; i < 40; i++) { const middle = (low + high) / 2; if (down(middle) < aim) low = middle; else high = middle; }
  const y = (low + high) / 2;
  const wide = 0.8707 - 0.131979 * y * y + y ** 4 * (-0.013791 + y ** 4 * (0.003971 * y * y - 0.001529 * y ** 4));
  const degrees = 180 / Math.PI;
  return [Math.max(-90, Math.min(90, y * degrees)), Math.max(-180, Math.min(180, ((px - 1000) / scale / wide) * degrees))];
}
function bounded(x, y, wide, high) {
  return [Math.max(0, Math.min(2000 - wide, x)), Math.max(0, Math.min(1010 - high, y)), wide, high].map((n) => n.toFixed(1)).join(" ");
}
document.addEventListener("wheel", (turn) => {
  const map = turn.target.closest?.("svg.map");
  if (!map) return;
  turn.preventDefault();
  const [x, y, wide] = frame(map);
  const box = map.getBoundingClientRect();
  const [ax, ay] = [(turn.clientX - box.left) / box.width, (turn.clientY - box.top) / box.height];
  const next = Math.max(2000 / 16, Math.min(2000, wide * (turn.deltaY > 0 ? 1.25 : 0.8)));
  const tall = (next * 1010) / 2000;
  map.setAttribute("viewBox", bounded(x + ax * (wide - next), y + ay * ((wide * 1010) / 2000 - tall), next, tall));
  settle(map);
}, { passive: false });
document.addEventListener("pointerdown", (down) => {
  const map = down.target.closest?.("svg.map");
  if (map && down.isPrimary) drag = { map, x: down.clientX, y: down.clientY, from: frame(map), moved: false };
});
document.addEventListener("pointermove", (move) => {
  if (!drag) return;
  const box = drag.map.getBoundingClientRect();
  const [dx, dy] = [move.clientX - drag.x, move.clientY - drag.y];
  if (Math.hypot(dx, dy) < 6 && !drag.moved) return;
  drag.moved = true;
  const [x, y, wide, high] = drag.from;
  drag.map.setAttribute("viewBox", bounded(x - (dx / box.width) * wide, y - (dy / box.height) * high, wide, high));
});
addEventListener("pointerup", () => {
  if (drag?.moved) {
    const stop = (click) => { click.preventDefault(); click.stopPropagation(); };
    addEventListener("click", stop, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", stop, { capture: true }), 0);
    settle(drag.map);
  }
  drag = null;
});
