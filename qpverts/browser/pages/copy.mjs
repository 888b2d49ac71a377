// Copies a picture that Python draws when asked. The clipboard is asked at the click, as browsers want, and
// given a promise that the picture keeps when it comes.
const WAIT_MS = 30000;
let pending = null;

const blobOf = (base64) =>
  new Blob([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], { type: "image/png" });

export default function ({ data, parentElement, setTriggerValue }) {
  const button = parentElement.querySelector("button");
  const status = parentElement.querySelector("[role=status]");
  const say = (text) => {
    status.textContent = text;
  };
  if (data.png && pending) {
    pending(blobOf(data.png));
    pending = null;
  }
  button.onclick = async () => {
    if (!navigator.clipboard?.write || !window.ClipboardItem) {
      say(data.refused);
      return;
    }
    say(data.busy);
    const image = new Promise((resolve, reject) => {
      pending = resolve;
      setTimeout(() => reject(new Error("no picture came")), WAIT_MS);
    });
    image.catch(() => {}); // said below; here only so that it is not said twice
    try {
      const written = navigator.clipboard.write([new ClipboardItem({ "image/png": image })]);
      setTriggerValue("copie", Date.now());
      await written;
      say(data.done);
    } catch {
      say(data.refused);
    }
  };
}
