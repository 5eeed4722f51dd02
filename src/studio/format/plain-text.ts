/** A description as one line of words: documents write Markdown and HTML into them. */
export function plainText(text: string | undefined): string {
  return (text ?? '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/(^|\s)[#>*-]+\s/g, '$1')
    .replaceAll(/[*_`]{1,3}(\S(?:.*?\S)?)[*_`]{1,3}/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
