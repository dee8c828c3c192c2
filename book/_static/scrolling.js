// What scrolls sideways can be scrolled by keyboard: the theme sees to code, this to tables and formulas.
(() => {
  "use strict";

  const reach = () => {
    for (const box of document.querySelectorAll(".bd-article :is(table, div.math, mjx-container)")) {
      const scrolls = getComputedStyle(box).overflowX !== "visible" && box.scrollWidth > box.clientWidth;
      if (scrolls) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };

  window.addEventListener("load", async () => {
    await window.MathJax?.startup?.promise;
    const article = document.querySelector(".bd-article"); // the page of the search has none
    if (article) new ResizeObserver(reach).observe(article);
  });
})();
