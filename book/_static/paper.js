// Paper is light: a page that is read in dark colours is printed in light ones.
(() => {
  "use strict";

  const page = document.documentElement.dataset;
  let theme;

  window.addEventListener("beforeprint", () => {
    theme = page.theme;
    page.theme = "light";
  });
  window.addEventListener("afterprint", () => {
    page.theme = theme;
  });
})();
