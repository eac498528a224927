import init from "/SCRIPT";

// A key that is pressed before the part that hears keys is here waits for it. The first one that means something is
// carried out; what was typed after it was for what it opens. The browser may do nothing of its own on our keys.
const held = [];
const hold = (event) => {
  if (event.target.closest("input, textarea")) return;
  held.push(event);
  if (event.key === "F3" || ((event.ctrlKey || event.metaKey) && /^[adfgk0=+-]$/i.test(event.key))) event.preventDefault();
};
if (location.pathname !== "/") addEventListener("keydown", hold);
addEventListener("hands", () => {
  removeEventListener("keydown", hold);
  setTimeout(() => held.every((event) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", event))));
});

init({ module_or_path: "/WASM" }).catch((error) => {
  const note = document.createElement("p");
  note.setAttribute("role", "alert");
  note.textContent = `Squall could not start: ${error}. Reload the page, or try a current browser.`;
  document.body.append(note);
});
