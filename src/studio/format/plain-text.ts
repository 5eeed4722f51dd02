/** A description as one line of words: documents write Markdown and HTML into them. */
export function plainText(text: string | undefined): string {
  return (
    (text ?? '')
      .replaceAll(/^[ \t]*(?:```|~~~)[\w-]*[ \t]*$/gm, ' ')
      .replaceAll(/```(?:[a-z]+\s)?/g, ' ')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/^[ \t]*(?:[#>*+-]+[ \t]+)+/gm, ' ')
      .replaceAll(/`([^`]+)`/g, '$1')
      .replaceAll(/\*{1,3}(\S(?:[^*]*?\S)?)\*{1,3}/g, '$1')
      // Within a word, as in `dhl_express`, it is a part of it.
      .replaceAll(/(?<![\p{L}\p{N}_])_{1,3}(\S(?:.*?\S)?)_{1,3}(?![\p{L}\p{N}_])/gu, '$1')
      .replaceAll(/\s+/g, ' ')
      .trim()
  );
}

/** Its beginning, up to a word's end. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const end = text.lastIndexOf(' ', maxLength);
  return `${text.slice(0, end > 0 ? end : maxLength).replace(/[\s,;:.–-]+$/, '')} …`;
}
