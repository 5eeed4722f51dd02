/**
 * The text with each tab of its indentation as two blanks; `undefined` when there is none, or when some lines are
 * indented with blanks: then nobody can tell how wide a tab was meant to be. Two blanks after tabs are what stands
 * below `- `.
 */
export function replaceTabs(text: string): string | undefined {
  if (!/^\t/m.test(text) || /^(?:\t+ | ) *[^\s#]/m.test(text.replace(/^(\t+) {2}(?=[^\s-])/gm, '$1')))
    return undefined;
  return text.replace(/^\t+/gm, (tabs) => '  '.repeat(tabs.length));
}
