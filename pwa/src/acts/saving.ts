/** Give a file to the person: through the browser's own download. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Some phones read the file only after the tap is over.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
