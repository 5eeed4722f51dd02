import { editor } from 'monaco-editor/editor';

// Comments of Monaco's own dark theme, and what it fades, are too faint to read.
const colors = { 'editorUnnecessaryCode.opacity': '#000000ff' };
editor.defineTheme('patchbay-light', { base: 'vs', inherit: true, rules: [], colors });
editor.defineTheme('patchbay-dark', {
  base: 'vs-dark',
  inherit: true,
  rules: [{ token: 'comment', foreground: '8cb878' }],
  colors,
});

/** Of all editors: Monaco has one theme. */
export function setMonacoTheme(isDark: boolean): void {
  editor.setTheme(isDark ? 'patchbay-dark' : 'patchbay-light');
}
