// Asks the browser to print the page as it is, style of paper included.
export default function ({ parentElement }) {
  parentElement.querySelector("button").onclick = () => window.print();
}
