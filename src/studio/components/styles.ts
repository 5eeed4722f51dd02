/** Below this width the navigation folds away and tables become cards. */
export const PHONE = '@media (max-width: 720px)';

export const MONOSPACE =
  "'Cascadia Code', 'Cascadia Mono', Consolas, 'SF Mono', Menlo, 'Liberation Mono', monospace";
