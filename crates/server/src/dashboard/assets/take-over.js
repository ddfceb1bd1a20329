// Acts in the page that a person has taken over, without loading this page anew.
"use strict";

(() => {
  const said = document.getElementById("hands-said");

  // How far an arrow key moves the mark, in pixels of the picture; with Shift a tenth of it.
  const STEP = 40;

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  let mark;

  function csrf() {
    return document.querySelector("#take-over [name=csrf]")?.value ?? "";
  }

  async function send(address, fields) {
    const body = new URLSearchParams(fields);
    body.set("csrf", csrf());
    const headers = { accept: "application/problem+json" };
    const answer = await fetch(address, { method: "POST", body, headers }).catch(() => undefined);
    if (answer?.ok) said.textContent = "";
    else if (answer) said.textContent = (await answer.json().catch(() => ({}))).detail ?? answer.statusText;
    else said.textContent = "The server does not answer.";
    document.dispatchEvent(new Event("formhand:look"));
  }

  function click(canvas, x, y) {
    send(canvas.dataset.hands, { "at.x": Math.round(x), "at.y": Math.round(y) });
  }

  function show(canvas) {
    const cross = canvas.parentElement.querySelector(".mark");
    cross.hidden = false;
    cross.style.left = `${(100 * mark.x) / canvas.width}%`;
    cross.style.top = `${(100 * mark.y) / canvas.height}%`;
  }

  document.addEventListener("click", (event) => {
    const canvas = event.target.closest("canvas[data-hands]");
    if (!canvas) return;
    const scale = canvas.width / canvas.clientWidth;
    click(canvas, event.offsetX * scale, event.offsetY * scale);
  });

  document.addEventListener("keydown", (event) => {
    const canvas = event.target.closest("canvas[data-hands]");
    if (!canvas) return;
    mark ??= { x: canvas.width / 2, y: canvas.height / 2 };
    if (event.key === "Enter" || event.key === " ") {
      click(canvas, mark.x, mark.y);
    } else if (ARROWS[event.key]) {
      const [x, y] = ARROWS[event.key];
      const step = event.shiftKey ? STEP / 10 : STEP;
      mark.x = Math.min(canvas.width - 1, Math.max(0, mark.x + x * step));
      mark.y = Math.min(canvas.height - 1, Math.max(0, mark.y + y * step));
    } else {
      return;
    }
    show(canvas);
    event.preventDefault();
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-hands-form]");
    if (!form) return;
    event.preventDefault();
    const fields = new FormData(form, event.submitter);
    form.reset();
    await send(form.action, fields);
  });
})();
