"use strict";
(() => {
  const drawer = document.getElementById("drawer");
  const inside = drawer.querySelector(".drawer-in");
  const trail = [];

  // Cards are copied from the appendix, where they stand for readers without scripts.
  // A list of claim ids becomes one line for each: what it says, who said it.
  const listed = (copy) => {
    for (const place of copy.matches(".rests") ? [copy] : copy.querySelectorAll(".rests")) {
      const only = place.querySelector("a[href^='#basis-']");
      const behind = only && document.getElementById(only.hash.slice(1));
      const from = behind ? behind.cloneNode(true) : place;
      const lines = [...from.querySelectorAll("a")].map((link) => {
        const card = document.getElementById(link.hash.slice(1));
        const line = document.createElement("li");
        line.append(link);
        if (card && card.matches(".claim")) {
          link.textContent = card.querySelector(".card-value").textContent;
          line.append(" " + card.querySelector(".card-what").textContent + " · " + card.querySelector(".said dd").textContent);
        }
        return line;
      });
      const list = document.createElement("ul");
      list.className = "drawer-list"; list.append(...lines);
      place.replaceChildren(...(only ? [only.textContent] : []), list);
    }
  };

  const fill = (ids) => {
    inside.replaceChildren();
    if (trail.length > 1) {
      const back = document.createElement("button");
      back.type = "button"; back.className = "back"; back.textContent = "← Back";
      back.addEventListener("click", () => { trail.pop(); fill(trail[trail.length - 1]); });
      inside.append(back);
    }
    if (ids.length > 1) {
      const head = document.createElement("p");
      head.className = "drawer-count"; head.textContent = ids.length + " claims stand behind this number.";
      inside.append(head);
    }
    for (const id of ids) {
      const card = document.getElementById(id);
      if (!card) continue;
      const copy = card.cloneNode(true);
      copy.removeAttribute("id"); copy.hidden = false; listed(copy);
      for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
      const place = document.createElement("p");
      place.className = "drawer-place";
      const link = document.createElement("a");
      link.href = "#" + id; link.textContent = "Show it in its list"; link.className = "ref";
      link.addEventListener("click", () => drawer.close());
      place.append(link); copy.append(place); inside.append(copy);
    }
    drawer.scrollTop = 0;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("main a, dialog a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0 || link.closest(".drawer-place")) return;
    const ids = (link.dataset.opens || link.hash.slice(1)).split(" ");
    if (!/^(claim|estimate|run|scenario|model|assumption|entry|source|basis)-/.test(ids[0]) || !document.getElementById(ids[0])) return;
    event.preventDefault();
    if (!drawer.open) trail.length = 0;
    trail.push(ids); fill(ids);
    if (!drawer.open) drawer.showModal();
  });
  drawer.addEventListener("click", (event) => { if (event.target === drawer) drawer.close(); });
  drawer.querySelector(".close").addEventListener("click", () => drawer.close());

  const value = (cell) => {
    const text = cell.textContent.trim();
    const found = text.replace(/,(?=\d{3})/g, "").match(/[-−]?\d+(\.\d+)?/);
    if (!found) return [1, 0, text];
    const scale = /\bbillion\b/.test(text) ? 1e9 : /\bmillion\b/.test(text) ? 1e6 : 1;
    return [0, parseFloat(found[0].replace("−", "-")) * scale, text];
  };
  const compare = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2].localeCompare(b[2]);
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button"; button.append(...head.childNodes); head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const words = head.classList.contains("right");
        const rows = [...table.tBodies[0].rows].map((row) => [words ? value(row.cells[column]) : [0, 0, row.cells[column].textContent.trim()], row]);
        rows.sort((a, b) => (down ? -1 : 1) * compare(a[0], b[0]));
        table.tBodies[0].append(...rows.map((pair) => pair[1]));
      });
    });
  }

  const filter = document.getElementById("filter");
  if (filter) {
    const cards = [...document.querySelectorAll("#claims .claim")];
    const words = cards.map((card) => card.textContent.toLowerCase());
    const count = filter.parentElement.querySelector("output");
    filter.parentElement.hidden = false;
    filter.addEventListener("input", () => {
      const sought = filter.value.trim().toLowerCase();
      let left = 0;
      cards.forEach((card, i) => { card.hidden = !words[i].includes(sought); left += card.hidden ? 0 : 1; });
      for (const group of document.querySelectorAll("#claims .measure")) group.hidden = !group.querySelector(".claim:not([hidden])");
      count.textContent = sought ? left + " of " + cards.length : "";
    });
  }

  const links = new Map([...document.querySelectorAll(".toc a")].map((link) => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      const link = links.get(entry.target.id);
      if (link) link.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-10% 0px -80% 0px" });
  for (const id of links.keys()) { const part = document.getElementById(id); if (part) seen.observe(part); }

  window.addEventListener("beforeprint", () => { for (const fold of document.querySelectorAll("details")) fold.open = true; });
})();
