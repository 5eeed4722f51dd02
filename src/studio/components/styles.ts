/** Below this width the navigation folds away and tables become cards. */
export const PHONE = '@media (max-width: 720px)';

/** Below this width a page has no room for a second column of navigation. */
export const NARROW = '@media (max-width: 1440px)';

export const MONOSPACE =
  "'Cascadia Code', 'Cascadia Mono', Consolas, 'SF Mono', Menlo, 'Liberation Mono', monospace";
