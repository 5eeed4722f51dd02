/** Saves a text as a file of the reader's. */
export function downloadText(fileName: string, text: string, type = 'application/json'): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = fileName.replaceAll(/[^\p{L}\p{N}. _-]/gu, '_');
  link.click();
  URL.revokeObjectURL(link.href);
}
