export interface GitHubLocation {
  readonly owner: string;
  readonly repository: string;
  /** Branch, tag or commit; the default branch when missing. */
  readonly ref: string | undefined;
  /** Without slashes at the ends; empty for the top. */
  readonly path: string;
}

/** Reads `owner/repository[@ref]:path`; `undefined` for anything else. */
export function parseLocation(text: string): GitHubLocation | undefined {
  const [, owner, repository, ref, path = ''] =
    /^([A-Za-z\d](?:[\w-]*[A-Za-z\d])?)\/([\w.-]+)(?:@([^:\s]+))?:(?!\/\/)(.*)$/.exec(text.trim()) ?? [];
  if (owner === undefined || repository === undefined || /^\.\.?$/.test(repository)) return undefined;
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  return trimmed.split('/').includes('..') ? undefined : { owner, repository, ref, path: trimmed };
}

export function formatLocation({ owner, repository, ref, path }: GitHubLocation): string {
  return `${owner}/${repository}${ref === undefined ? '' : `@${ref}`}:${path}`;
}
