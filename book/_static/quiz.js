// Makes the questions of a page answer: pick an option, say how sure you are, read why it is right or not yet.
// All text comes from the page itself; of what the browser has kept, only numbers and truth values are used.
// A classic script, not a module: only so does it also run on pages opened straight from disk (file://).
(() => {
  "use strict";

  const KEPT = "inside-the-gru-quiz";
  const PAGE = location.pathname.split("/").pop();

  // pages → questions → answers; an empty one where nothing is kept, may be kept, or can be read
  function recall() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT));
      return kept && typeof kept === "object" ? kept : {};
    } catch {
      return {};
    }
  }

  // returns whether the browser keeps anything
  function keep(answers) {
    try {
      if (answers) localStorage.setItem(KEPT, JSON.stringify({ ...recall(), [PAGE]: answers }));
      else localStorage.removeItem(KEPT);
      return true;
    } catch {
      return false;
    }
  }

  function make(tag, words, ...children) {
    const node = document.createElement(tag);
    node.textContent = words;
    node.append(...children);
    return node;
  }

  function button(words, act) {
    const made = make("button", words);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  const copies = (node) => node.cloneNode(true).childNodes;

  class Question {
    constructor(block, tell) {
      this.block = block;
      this.right = Number(block.dataset.right);
      this.options = [...block.querySelectorAll("input[type=radio]")];
      this.whys = [...block.querySelector(".quiz-why").children];
      this.see = block.querySelector(".quiz-see");
      this.said = make("div", "");
      this.said.className = "quiz-said";
      this.said.setAttribute("role", "status");
      const sure = [true, false].map((is) => button(is ? "Sure" : "Not sure", () => tell(this, is)));
      const ask = make("div", "", make("span", "How sure are you?"), ...sure);
      ask.className = "quiz-buttons";
      ask.setAttribute("role", "group");
      ask.setAttribute("aria-label", "How sure are you?");
      block.querySelector("fieldset").after(ask, this.said);
      this.pick(-1);
    }

    get picked() {
      return this.options.findIndex((option) => option.checked);
    }

    pick(place) {
      this.options.forEach((option, at) => (option.checked = at === place));
    }

    // what was kept may be damaged, or older than the question
    isAnswer(kept) {
      const isPlace = (place) => Number.isInteger(place) && place >= 0 && place < this.options.length;
      return isPlace(kept?.first) && isPlace(kept.last) && typeof kept.sure === "boolean";
    }

    show(place) {
      const isRight = place === this.right;
      const verdict = make("p", "", make("strong", isRight ? "Right." : "Not yet."), " ");
      verdict.append(...[...this.whys[place].children].flatMap((part) => [...copies(part)]));
      this.said.replaceChildren(verdict);
      if (!isRight) this.said.append(make("p", "", ...copies(this.see)));
    }

    forget() {
      this.pick(-1);
      this.said.replaceChildren();
    }
  }

  function start() {
    const blocks = [...document.querySelectorAll(".quiz")];
    const answers = {};
    const list = make("ul", "");
    const none = make("p", "Nothing so far. What you were sure of and got wrong at first will stand here.");
    const note = make("p", "");
    note.setAttribute("role", "status");

    // what was sure and wrong at first, whatever came after
    function look() {
      const wrong = questions.filter(({ block, right }) => {
        const answer = answers[block.id];
        return answer && answer.sure && answer.first !== right;
      });
      const lines = wrong.map(({ block, see }) => {
        const question = make("a", "", ...copies(block.querySelector("legend")));
        question.href = `#${block.id}`;
        return make("li", "", question, " ", ...copies(see));
      });
      list.replaceChildren(...lines);
      none.hidden = lines.length > 0;
    }

    function tell(question, isSure) {
      const last = question.picked;
      if (last < 0) {
        question.said.replaceChildren(make("p", "Pick an option first."));
        return;
      }
      const { first = last, sure = isSure } = answers[question.block.id] ?? {};
      answers[question.block.id] = { first, sure, last };
      question.show(last);
      look();
      sayWhere(keep(answers));
    }

    function sayWhere(isKept) {
      note.textContent = isKept
        ? "Your answers stay in this browser."
        : "This browser keeps nothing for this page: your answers last until you leave it.";
    }

    function forget() {
      for (const question of questions) {
        delete answers[question.block.id];
        question.forget();
      }
      look();
      const isKept = keep(null);
      note.textContent = isKept ? "Forgotten, on all pages." : "Forgotten on this page.";
    }

    const questions = blocks.map((block) => new Question(block, tell));
    const kept = recall()[PAGE] ?? {};
    for (const question of questions) {
      const answer = kept[question.block.id];
      if (!question.isAnswer(answer)) continue;
      answers[question.block.id] = answer;
      question.pick(answer.last);
      question.show(answer.last);
    }
    const end = make("section", "", make("h3", "Worth another look"), none, list);
    end.append(button("Forget my answers", forget), note);
    end.className = "quiz-end";
    blocks.at(-1).after(end);
    look();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
