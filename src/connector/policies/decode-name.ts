/** A name that may be percent-encoded (`%24top`); what is no encoding stays as it is. */
export function decodeName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
