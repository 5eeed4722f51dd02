/** A description as one line of words: documents write Markdown and HTML into them. */
export function plainText(text: string | undefined): string {
  return (
    (text ?? '')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/(^|\s)[#>*-]+\s/g, '$1')
      .replaceAll(/`([^`]+)`/g, '$1')
      .replaceAll(/\*{1,3}(\S(?:[^*]*?\S)?)\*{1,3}/g, '$1')
      // Within a word, as in `dhl_express`, it is a part of it.
      .replaceAll(/(?<![\p{L}\p{N}_])_{1,3}(\S(?:.*?\S)?)_{1,3}(?![\p{L}\p{N}_])/gu, '$1')
      .replaceAll(/\s+/g, ' ')
      .trim()
  );
}
